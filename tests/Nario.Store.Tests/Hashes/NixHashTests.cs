using System.Text.Json;
using FsCheck.Xunit;
using Nario.Store.Hashes;
using Nario.Testing;

namespace Nario.Store.Tests.Hashes;

public class NixHashTests
{
    private const string AbcBase16 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private const string AbcNix32 = "1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s";

    private const string AbcBase64 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";

    [Theory]
    [InlineData(AbcBase16)]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData(AbcNix32)]
    [InlineData(AbcBase64)]
    [InlineData("sha256:" + AbcBase16)]
    [InlineData("sha256:" + AbcNix32)]
    [InlineData("sha256:" + AbcBase64)]
    [InlineData("sha256-" + AbcBase64)]
    [InlineData("sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0")]
    [InlineData("sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=?x=1")]
    [InlineData("sha256-ungWv48Bz+pBQUDe\nXa4iI7ADYaOWF3qctBD/YfIAFa0=\n")]
    [InlineData("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa1=")]
    public void Reads_every_spelling(string text)
    {
        NixHash hash = NixHash.ParseAny(text, HashAlgorithmKind.Sha256);
        Assert.Equal(TestHash.Sha256("abc"u8), hash);
        Assert.Equal(AbcBase16, hash.ToBase16());
        Assert.Equal(AbcNix32, hash.ToNix32());
        Assert.Equal("sha256-" + AbcBase64, hash.ToSri());
        Assert.Equal("sha256:" + AbcNix32, hash.ToString());
    }

    [Theory]
    [InlineData("xyz", "hash 'xyz' has wrong length for hash algorithm 'sha256'")]
    [InlineData("", "hash '' has wrong length for hash algorithm 'sha256'")]
    [InlineData("sha256:xyz", "hash 'xyz' has wrong length for hash algorithm 'sha256'")]
    [InlineData(
        "sha1:0000000000000000000000000000000000000000",
        "hash 'sha1:0000000000000000000000000000000000000000' should have type 'sha256'")]
    [InlineData("blake9:00", "unknown hash algorithm 'blake9', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'")]
    [InlineData(":00", "unknown hash algorithm '', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'")]
    [InlineData("-00", "unknown hash algorithm '', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'")]
    [InlineData("SHA256:00", "unknown hash algorithm 'SHA256', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'")]
    [InlineData("\n:00", "unknown hash algorithm '\\x0a', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'")]
    [InlineData("sha256-" + AbcBase16, $"invalid SRI hash '{AbcBase16}'")]
    [InlineData("sha256-", "invalid SRI hash ''")]
    [InlineData(
        "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0a",
        "invalid base-64 hash 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0a'")]
    [InlineData(
        "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa==",
        "invalid base-64 hash 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa=='")]
    [InlineData(
        "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0=",
        "invalid base-64 hash 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0='")]
    [InlineData(
        "zb8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s",
        "invalid base-32 hash 'zb8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s'")]
    [InlineData(
        "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "invalid base-16 hash 'ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'")]
    public void Refuses_what_is_not_a_sha256(string text, string message) =>
        Assert.Equal(
            message,
            Assert.Throws<StoreException>(() => NixHash.ParseAny(text, HashAlgorithmKind.Sha256)).Message);

    [Fact]
    public void Needs_an_algorithm_from_somewhere()
    {
        Assert.Throws<StoreException>(() => NixHash.ParseAny(AbcBase16));
        Assert.Equal(HashAlgorithmKind.Sha256, NixHash.ParseAny("sha256:" + AbcBase16).Algorithm);
    }

    [Property]
    public bool Every_algorithm_comes_back_from_every_spelling(int number)
    {
        return Enum.GetValues<HashAlgorithmKind>().All(algorithm =>
        {
            NixHash hash = TestHash.Any(algorithm, number);
            string base64 = Convert.ToBase64String(hash.Bytes);
            string[] digits = [hash.ToBase16(), hash.ToBase16().ToUpperInvariant(), hash.ToNix32(), base64];
            IEnumerable<string> spellings =
                digits.Select(text => $"{algorithm.GetName()}:{text}").Append(hash.ToSri()).Append(hash.ToString());
            return spellings.All(text => NixHash.ParseAny(text) == hash)
                && digits.All(text => NixHash.ParseAny(text, algorithm) == hash);
        });
    }

    [Fact]
    public void Is_equal_by_value()
    {
        NixHash one = TestHash.Sha256("abc"u8);
        Assert.True(one == TestHash.Sha256("abc"u8));
        Assert.Equal(one.GetHashCode(), TestHash.Sha256("abc"u8).GetHashCode());
        Assert.True(one != TestHash.Sha256("abd"u8));
        Assert.False(one.Equals(null));
    }

    [Fact]
    public void Does_not_share_its_bytes()
    {
        byte[] bytes = new byte[32];
        NixHash hash = new(HashAlgorithmKind.Sha256, bytes);
        bytes[0] = 1;
        Assert.Equal(0, hash.Bytes[0]);
    }

    [Fact]
    public void Refuses_bytes_of_another_length() =>
        Assert.Throws<ArgumentException>(() => new NixHash(HashAlgorithmKind.Sha1, new byte[32]));

    [SharedFact]
    public void Reads_what_Nix_writes()
    {
        string path = Path.Combine(
            TestFiles.Shared!, "vectors", "upstream", "NixOS+nix", "src", "libutil-tests", "data", "hash", "sha256.json");
        string text = JsonDocument.Parse(File.ReadAllBytes(path)).RootElement.GetString()!;
        Assert.Equal(text, NixHash.ParseAny(text).ToSri());
    }
}
