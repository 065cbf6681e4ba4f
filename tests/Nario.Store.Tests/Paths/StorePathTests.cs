using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using Nario.Store.Hashes;
using Nario.Store.Paths;
using Nario.Testing;

namespace Nario.Store.Tests.Paths;

public class StorePathTests
{
    private const string Zeros = "00000000000000000000000000000000";

    private const string NameCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-._?=";

    [Theory]
    [InlineData(Zeros + "-a", "a")]
    [InlineData("g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-foo-bar", "foo-bar")]
    [InlineData(Zeros + "-.x", ".x")]
    [InlineData(Zeros + "-...", "...")]
    [InlineData(Zeros + "--", "-")]
    [InlineData(Zeros + "-+-._?=", "+-._?=")]
    public void Reads_the_parts_of_a_base_name(string baseName, string name)
    {
        StorePath path = StorePath.Parse(baseName);
        Assert.Equal(baseName, path.BaseName);
        Assert.Equal(baseName, path.ToString());
        Assert.Equal(baseName[..32], path.HashPart);
        Assert.Equal(name, path.Name);
        Assert.True(StorePath.TryParse(baseName, out StorePath? tried));
        Assert.Equal(path, tried);
    }

    [Theory]
    [InlineData("", "'' is too short to be a valid store path")]
    [InlineData("abc", "'abc' is too short to be a valid store path")]
    [InlineData(Zeros, $"'{Zeros}' is too short to be a valid store path")]
    [InlineData(
        "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-x",
        "store path 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-x' contains illegal base-32 character 'e'")]
    [InlineData(
        "/nix/store/" + Zeros + "-a",
        $"store path '/nix/store/{Zeros}-a' contains illegal base-32 character '/'")]
    [InlineData(
        "A0000000000000000000000000000000-a",
        "store path 'A0000000000000000000000000000000-a' contains illegal base-32 character 'A'")]
    [InlineData(Zeros + "-", $"path '{Zeros}-' is not a valid store path: name must not be empty")]
    [InlineData(Zeros + "-.", $"path '{Zeros}-.' is not a valid store path: name '.' is not valid")]
    [InlineData(Zeros + "-..", $"path '{Zeros}-..' is not a valid store path: name '..' is not valid")]
    [InlineData(
        Zeros + "-.-x",
        $"path '{Zeros}-.-x' is not a valid store path: name '.-x' is not valid: first dash-separated component must not be '.'")]
    [InlineData(
        Zeros + "-..-x",
        $"path '{Zeros}-..-x' is not a valid store path: name '..-x' is not valid: first dash-separated component must not be '..'")]
    [InlineData(
        Zeros + "-a b",
        $"path '{Zeros}-a b' is not a valid store path: name 'a b' contains illegal character ' '")]
    [InlineData(
        Zeros + "-x/y",
        $"path '{Zeros}-x/y' is not a valid store path: name 'x/y' contains illegal character '/'")]
    [InlineData(
        Zeros + "-é",
        $"path '{Zeros}-é' is not a valid store path: name 'é' contains illegal character '\\xc3'")]
    [InlineData(
        Zeros + "-a\0b",
        $"path '{Zeros}-a\\x00b' is not a valid store path: name 'a\\x00b' contains illegal character '\\x00'")]
    [InlineData(
        Zeros + "_x",
        $"path '{Zeros}_x' is not a valid store path: can't name a store path because the hash part is not followed by a '-'")]
    public void Refuses_what_is_not_a_base_name(string baseName, string message)
    {
        StorePathException e = Assert.Throws<StorePathException>(() => StorePath.Parse(baseName));
        Assert.Equal(message, e.Message);
        Assert.False(StorePath.TryParse(baseName, out StorePath? path));
        Assert.Null(path);
    }

    [Fact]
    public void Takes_211_characters_of_name_and_no_more()
    {
        Assert.Equal(211, StorePath.Parse($"{Zeros}-{new string('n', 211)}").Name.Length);
        string tooLong = new('n', 212);
        StorePathException e = Assert.Throws<StorePathException>(() => StorePath.Parse($"{Zeros}-{tooLong}"));
        Assert.EndsWith($": name '{tooLong}' must be no longer than 211 characters", e.Message, StringComparison.Ordinal);
        Assert.False(StorePath.TryParse($"{Zeros}-{tooLong}", out _));
        Assert.False(StorePath.TryParse($"{Zeros}-{new string('a', 1000)}", out _));
        Assert.False(StorePath.TryParse(null, out _));
    }

    [Fact]
    public void Refuses_bytes_that_are_not_utf8()
    {
        StorePathException e = Assert.Throws<StorePathException>(
            () => StorePath.Parse([.. Encoding.ASCII.GetBytes($"{Zeros}-a"), 0xff]));
        Assert.EndsWith("name 'a\\xff' contains illegal character '\\xff'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Allows_exactly_the_characters_of_names()
    {
        for (int value = 0; value < 256; value++)
        {
            byte[] baseName = [.. Encoding.ASCII.GetBytes($"{Zeros}-x"), (byte)value];
            bool allowed = NameCharacters.Contains((char)value, StringComparison.Ordinal);
            Assert.Equal(allowed, Record.Exception(() => StorePath.Parse(baseName)) is null);
        }
    }

    [Property]
    public bool Any_hash_and_name_come_back(byte[] hashSeed, byte[] nameSeed)
    {
        ArgumentNullException.ThrowIfNull(hashSeed);
        ArgumentNullException.ThrowIfNull(nameSeed);
        byte[] hash = new byte[StorePath.HashByteLength];
        hashSeed.AsSpan(0, Math.Min(hash.Length, hashSeed.Length)).CopyTo(hash);
        string name = "x" + string.Concat(
            nameSeed.Take(StorePathName.MaxLength - 1).Select(value => NameCharacters[value % NameCharacters.Length]));
        StorePath path = StorePath.Create(hash, name);
        byte[] decoded = new byte[StorePath.HashByteLength];
        return Nix32.TryDecode(path.HashPart, decoded)
            && decoded.AsSpan().SequenceEqual(hash)
            && path.Name == name
            && StorePath.Parse(path.BaseName) == path
            && StoreDirectory.Default.ParsePath(StoreDirectory.Default.Join(path)) == path;
    }

    [Fact]
    public void Is_ordered_by_bytes_and_equal_by_value()
    {
        StorePath[] ascending =
        [
            StorePath.Parse($"{Zeros}-A"),
            StorePath.Parse($"{Zeros}-a"),
            StorePath.Parse($"{Zeros}-a-b"),
            StorePath.Parse($"{Zeros}-ab"),
            StorePath.Parse($"1{Zeros[1..]}-A"),
        ];
        Assert.Equal(ascending, ascending.Reverse().Order());
        Assert.True(ascending[0] < ascending[1]);
        Assert.True(ascending[1] >= ascending[0]);
        StorePath same = StorePath.Parse($"{Zeros}-A");
        Assert.True(same == ascending[0]);
        Assert.True(same != ascending[1]);
        Assert.True(same <= ascending[0]);
        Assert.False(same > ascending[0]);
        Assert.False(same < ascending[0]);
        Assert.True(same >= ascending[0]);
        Assert.Equal(same.GetHashCode(), ascending[0].GetHashCode());
    }

    [Theory]
    [InlineData("x.drv", true)]
    [InlineData("x.drv.chroot", false)]
    [InlineData("drv", false)]
    public void Knows_a_derivation_by_its_name(string name, bool expected) =>
        Assert.Equal(expected, TestStorePath.Named(name).IsDerivation);

    [SharedFact]
    public void Reads_what_Nix_writes()
    {
        string file = Path.Combine(
            TestFiles.Shared!, "vectors", "upstream", "NixOS+nix", "src", "libstore-tests", "data", "store-path", "simple.json");
        string text = JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.GetString()!;
        Assert.Equal("foo.drv", StorePath.Parse(text).Name);
    }

    [Fact]
    public void Refuses_a_hash_of_another_length() =>
        Assert.Throws<ArgumentException>(() => StorePath.Create(new byte[19], "x"));
}
