using FsCheck.Xunit;
using Nario.Store.Signatures;

namespace Nario.Store.Tests.Signatures;

public class SignatureTests
{
    private const string Zeros = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [Theory]
    [InlineData($"key:{Zeros}==")]
    [InlineData($"cache.example.org-1:{Zeros}==")]
    [InlineData($"schlüssel:{Zeros}==")]
    public void Reads_and_writes(string text)
    {
        Signature signature = Signature.Parse(text);
        Assert.Equal(text, signature.ToString());
        Assert.Equal(text[..text.IndexOf(':', StringComparison.Ordinal)], signature.KeyName);
        Assert.Equal(new byte[64], signature.Bytes.ToArray());
    }

    [Fact]
    public void Padding_may_be_left_out_and_is_written() =>
        Assert.Equal($"key:{Zeros}==", Signature.Parse($"key:{Zeros}").ToString());

    [Theory]
    [InlineData("", "signature '' is malformed: there is no colon after the name of the key")]
    [InlineData("no colon here", "signature 'no colon here' is malformed: there is no colon after the name of the key")]
    [InlineData($":{Zeros}==", $"signature ':{Zeros}==' is malformed: the name of the key is empty")]
    [InlineData(
        $"a b:{Zeros}==",
        $"signature 'a b:{Zeros}==' is malformed: the name of the key contains white space or a control character")]
    [InlineData(
        $"a\u001b:{Zeros}==",
        $"signature 'a\\x1b:{Zeros}==' is malformed: the name of the key contains white space or a control character")]
    [InlineData("key:", "signature 'key:' is malformed: what follows the name of the key is not base 64")]
    [InlineData("key:AAAAA", "signature 'key:AAAAA' is malformed: what follows the name of the key is not base 64")]
    public void Refuses_what_is_malformed(string text, string message) =>
        Assert.Equal(message, Assert.Throws<StoreException>(() => Signature.Parse(text)).Message);

    [Theory]
    [InlineData($"key:{Zeros}=")]
    [InlineData($"key:{Zeros}===")]
    [InlineData($"key:A{Zeros}==")]
    [InlineData($"key: {Zeros}==")]
    [InlineData($"key:{Zeros}== ")]
    [InlineData($"key:{Zeros}==\n")]
    [InlineData($"key:key:{Zeros}==")]
    public void Refuses_base_64_with_more_or_less(string text) =>
        Assert.Throws<StoreException>(() => Signature.Parse(text));

    [Fact]
    public void Refuses_base_64_that_is_not_canonical_or_not_of_the_alphabet()
    {
        foreach (string end in new[] { "B", "P", "-", "_", " ", "=", "é" })
        {
            Assert.Throws<StoreException>(() => Signature.Parse($"key:{Zeros[1..]}{end}=="));
        }

        Assert.NotEqual(Signature.Parse($"key:{Zeros}=="), Signature.Parse($"key:{Zeros[1..]}Q=="));
    }

    [Property]
    public bool Any_signature_comes_back(byte[] seed, string keyName)
    {
        ArgumentNullException.ThrowIfNull(seed);
        byte[] bytes = [.. seed, 1];
        string name = "k" + string.Concat((keyName ?? "").Where(char.IsAsciiLetterOrDigit));
        Signature signature = Signature.Parse($"{name}:{Convert.ToBase64String(bytes)}");
        return signature.Bytes.SequenceEqual(bytes)
            && signature.KeyName == name
            && Signature.Parse(signature.ToString()) == signature;
    }

    [Fact]
    public void Is_ordered_by_name_and_bytes_and_equal_by_value()
    {
        Signature[] ascending =
        [
            Signature.Parse($"key-1:{Zeros}=="),
            Signature.Parse($"key-1:{Zeros}AA"),
            Signature.Parse("key-1:Bw=="),
            Signature.Parse("key-1:eA=="),
            Signature.Parse("key-1:+A=="),
            Signature.Parse("key-10:AA=="),
            Signature.Parse($"key-1b:{Zeros}=="),
            Signature.Parse("key\uffee:AA=="),
            Signature.Parse("key\U0001f511:AA=="),
        ];
        Assert.Equal(ascending, ascending.Reverse().Order());
        Assert.True(ascending[0] < ascending[1]);
        Assert.True(ascending[1] > ascending[0]);
        Signature same = Signature.Parse($"key-1:{Zeros}==");
        Assert.True(same == ascending[0]);
        Assert.True(same != ascending[1]);
        Assert.True(same <= ascending[0]);
        Assert.True(same >= ascending[0]);
        Assert.False(same < ascending[0]);
        Assert.False(same > ascending[0]);
        Assert.Equal(same.GetHashCode(), ascending[0].GetHashCode());
    }
}
