using FsCheck.Xunit;
using Nario.Store.Paths;
using Nario.Store.Signatures;
using Nario.Testing;

namespace Nario.Store.Tests.Signatures;

public class KeyTests
{
    [Theory]
    [InlineData("k1", TestKeys.Key1)]
    [InlineData("k2", TestKeys.Key2)]
    [InlineData("k3", TestKeys.Key3)]
    public void A_secret_key_knows_its_public_half(string fileName, string publicKey)
    {
        using SecretKey key = TestKeys.ReadSecret(fileName);
        Assert.Equal(PublicKey.Parse(publicKey), key.PublicKey);
        Assert.Equal(publicKey, key.PublicKey.ToString());
        Assert.Equal(key.PublicKey.Name, key.Name);
        Assert.Equal(key.Name, key.ToString());
    }

    [Theory]
    [InlineData("k1", "15-signed1")]
    [InlineData("k2", "17-signed-notultimate")]
    [InlineData("so-nario-test", "23-sig-order")]
    [InlineData("so-nario-test-1", "23-sig-order")]
    [InlineData("so-nario-test-1-second", "23-sig-order")]
    [InlineData("so-nario-test-10", "23-sig-order")]
    [InlineData("so-nario-test-1b", "23-sig-order")]
    public void Signs_as_Nix_does(string fileName, string name)
    {
        using SecretKey key = TestKeys.ReadSecret(fileName);
        foreach (ValidPathInfo info in GoldenNario.ReadInfos(name).Where(info => info.Signatures.Count > 0))
        {
            Assert.Contains(key.Sign(Fingerprint.Create(StoreDirectory.Default, info)), info.Signatures);
        }
    }

    [Property(MaxTest = 20)]
    public bool What_a_key_signed_it_verifies(byte[] text)
    {
        ArgumentNullException.ThrowIfNull(text);
        using SecretKey key = TestKeys.ReadSecret("k1");
        using SecretKey other = TestKeys.ReadSecret("so-nario-test-1");
        Signature signature = key.Sign(text);
        return key.PublicKey.Verify(text, signature)
            && !other.PublicKey.Verify(text, signature)
            && !key.PublicKey.Verify([.. text, 0], signature)
            && TestKeys.Trust(TestKeys.Key1).Verify(text, signature);
    }

    [Theory]
    [InlineData("", "public key '' is corrupt: there is no colon after the name of the key")]
    [InlineData(
        ":sG0rVYJke6K5oqC3E9c6pSmhpRE30Jtb4gf1NIVqtu8=",
        "public key ':sG0rVYJke6K5oqC3E9c6pSmhpRE30Jtb4gf1NIVqtu8=' is corrupt: the name of the key is empty")]
    [InlineData("k:", "public key 'k:' is corrupt: what follows the name of the key is not 32 bytes in base 64")]
    [InlineData(
        "k:sG0rVYJke6K5",
        "public key 'k:sG0rVYJke6K5' is corrupt: what follows the name of the key is not 32 bytes in base 64")]
    public void Refuses_a_corrupt_public_key(string text, string message) =>
        Assert.Equal(message, Assert.Throws<StoreException>(() => PublicKey.Parse(text)).Message);

    [Fact]
    public void Refuses_a_corrupt_secret_key_without_repeating_it()
    {
        string good = File.ReadAllText(TestFiles.Golden("TEST-ONLY-secret-keys", "k1")).Trim();
        string digits = good[(good.IndexOf(':', StringComparison.Ordinal) + 1)..];
        foreach (string text in new[] { digits, $":{digits}", good[..^4], good.Replace("JEuw", "JEux", StringComparison.Ordinal) })
        {
            StoreException e = Assert.Throws<StoreException>(() => SecretKey.Parse(text));
            Assert.DoesNotContain(digits[..20], e.Message, StringComparison.Ordinal);
        }

        using SecretKey padded = SecretKey.Parse($"  {good}\n");
        Assert.Equal("nario-test-1", padded.Name);
    }

    [Fact]
    public void Public_keys_are_equal_by_value()
    {
        Assert.Equal(PublicKey.Parse(TestKeys.Key1), PublicKey.Parse(TestKeys.Key1));
        Assert.Equal(PublicKey.Parse(TestKeys.Key1).GetHashCode(), PublicKey.Parse(TestKeys.Key1).GetHashCode());
        Assert.NotEqual(
            PublicKey.Parse(TestKeys.Key1),
            PublicKey.Parse(TestKeys.Key1.Replace("test-1", "test-9", StringComparison.Ordinal)));
    }
}
