using System.Security.Cryptography;
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
    [InlineData("", "public key cannot be used: there is no colon after the name of the key")]
    [InlineData("sG0rVYJke6K5oqC3E9c6pSmhpRE30Jtb4gf1NIVqtu8=", "public key cannot be used: there is no colon after the name of the key")]
    [InlineData(":sG0rVYJke6K5oqC3E9c6pSmhpRE30Jtb4gf1NIVqtu8=", "public key cannot be used: the name of the key is empty")]
    [InlineData("k:", "public key 'k' cannot be used: what follows the name of the key is not base 64")]
    [InlineData("k:sG0rVYJke6K5oq\n", "public key 'k' cannot be used: what follows the name of the key is not base 64")]
    [InlineData("k:sG0rVYJke6K5", "public key 'k' cannot be used: it is 9 bytes that are no key of a known kind")]
    public void Refuses_a_corrupt_public_key_by_its_name(string text, string message) =>
        Assert.Equal(message, Assert.Throws<StoreException>(() => PublicKey.Parse(text)).Message);

    [Fact]
    public void A_secret_key_in_the_place_of_a_public_one_is_named_and_not_shown()
    {
        using ECDsa curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        string[] secrets =
        [
            File.ReadAllText(TestFiles.Golden("TEST-ONLY-secret-keys", "k1")).Trim(),
            $"nario-test-1:{Convert.ToBase64String(curve.ExportPkcs8PrivateKey())}",
        ];
        foreach (string secret in secrets)
        {
            Assert.Equal(
                "public key 'nario-test-1' cannot be used: it is a secret key; its public half belongs here",
                Assert.Throws<StoreException>(() => PublicKey.Parse(secret)).Message);
        }
    }

    [Fact]
    public void Ecdsa_on_P_384_signs_and_verifies()
    {
        using ECDsa curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        string text = $"pq-1:{Convert.ToBase64String(curve.ExportSubjectPublicKeyInfo())}";
        using SecretKey secret = SecretKey.Parse($"pq-1:{Convert.ToBase64String(curve.ExportPkcs8PrivateKey())}\n");
        PublicKey key = PublicKey.Parse(text);
        Assert.Equal(text, key.ToString());
        Assert.Equal(key, secret.PublicKey);

        Signature signature = secret.Sign("text"u8);
        Assert.True(key.Verify("text"u8, signature));
        Assert.False(key.Verify("test"u8, signature));
        byte[] bytes = signature.Bytes.ToArray();
        for (int index = 0; index < bytes.Length; index++)
        {
            byte[] changed = [.. bytes];
            changed[index] ^= 1;
            Assert.False(key.Verify("text"u8, Signature.Create("pq-1", changed)), $"byte {index} does not matter");
        }

        Assert.False(key.Verify("text"u8, Signature.Create("pq-1", [.. bytes, 0])));
        Assert.False(key.Verify("text"u8, Signature.Create("pq-1", bytes[..^1])));
    }

    [Fact]
    public void A_signature_of_another_kind_of_key_does_not_verify()
    {
        using SecretKey one = TestKeys.ReadSecret("k1");
        using ECDsa curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using SecretKey other = SecretKey.Parse($"nario-test-1:{Convert.ToBase64String(curve.ExportPkcs8PrivateKey())}");
        Assert.False(one.PublicKey.Verify("text"u8, other.Sign("text"u8)));
        Assert.False(other.PublicKey.Verify("text"u8, one.Sign("text"u8)));
        Assert.False(one.PublicKey.Verify("text"u8, Signature.Parse("nario-test-1:AA==")));
    }

    [Fact]
    public void Says_of_which_kind_a_key_is_that_cannot_be_used()
    {
        using ECDsa curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using RSA rsa = RSA.Create(2048);
        Assert.Equal(
            "public key 'k' cannot be used: its kind, 1.2.840.10045.2.1 with 1.2.840.10045.3.1.7, is not known",
            FaultOf(curve.ExportSubjectPublicKeyInfo()));
        Assert.Equal(
            "public key 'k' cannot be used: its kind, 1.2.840.113549.1.1.1, is not known", FaultOf(rsa.ExportSubjectPublicKeyInfo()));
        using ECDsa good = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        byte[] bytes = good.ExportSubjectPublicKeyInfo();
        bytes[^1] ^= 1;
        Assert.Equal("public key 'k' cannot be used: it is malformed", FaultOf(bytes));
        bytes = [.. good.ExportSubjectPublicKeyInfo(), 0];
        Assert.Equal($"public key 'k' cannot be used: it is {bytes.Length} bytes that are no key of a known kind", FaultOf(bytes));
        StoreException error = Assert.Throws<StoreException>(
            () => SecretKey.Parse($"k:{Convert.ToBase64String(curve.ExportPkcs8PrivateKey())}"));
        Assert.Equal(
            "secret key 'k' cannot be used: its kind, 1.2.840.10045.2.1 with 1.2.840.10045.3.1.7, is not known", error.Message);
    }

    private static string FaultOf(byte[] key) =>
        Assert.Throws<StoreException>(() => PublicKey.Parse($"k:{Convert.ToBase64String(key)}")).Message;

    [Fact]
    public void Refuses_a_corrupt_secret_key_without_repeating_it()
    {
        string good = File.ReadAllText(TestFiles.Golden("TEST-ONLY-secret-keys", "k1")).Trim();
        string digits = good[(good.IndexOf(':', StringComparison.Ordinal) + 1)..];
        foreach (string text in new[] { digits, $":{digits}", good[..^4], $"k:{good}", good.Replace("JEuw", "JEux", StringComparison.Ordinal) })
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
