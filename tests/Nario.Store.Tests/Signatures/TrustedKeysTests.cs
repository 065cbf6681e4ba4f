using Nario.Store.Paths;
using Nario.Store.Signatures;
using Nario.Testing;

namespace Nario.Store.Tests.Signatures;

public class TrustedKeysTests
{
    [Fact]
    public void A_signature_that_Nix_made_verifies()
    {
        ValidPathInfo info = Assert.Single(GoldenNario.ReadInfos("15-signed1"), path => path.Signatures.Count > 0);
        Assert.Equal(1, TestKeys.Trust(TestKeys.Key1).CountValid(StoreDirectory.Default, info));
        Assert.Equal(0, TestKeys.Trust(TestKeys.Key2, TestKeys.Key3).CountValid(StoreDirectory.Default, info));
        Assert.Equal(0, TrustedKeys.None.CountValid(StoreDirectory.Default, info));
    }

    [Fact]
    public void Every_path_of_a_signed_closure_verifies()
    {
        IReadOnlyList<ValidPathInfo> infos = GoldenNario.ReadInfos("17-signed-notultimate");
        Assert.Equal(8, infos.Count);
        Assert.All(
            infos, info => Assert.Equal(1, TestKeys.Trust(TestKeys.Key2).CountValid(StoreDirectory.Default, info)));
    }

    [Fact]
    public void Of_two_keys_with_one_name_the_first_counts()
    {
        ValidPathInfo info = Assert.Single(GoldenNario.ReadInfos("23-sig-order"));
        Assert.Equal(5, info.Signatures.Count);
        Assert.Equal(4, TestKeys.Trust(TestKeys.SignatureOrder).CountValid(StoreDirectory.Default, info));
        string first = TestKeys.SignatureOrder[1];
        string second = TestKeys.SignatureOrder[2];
        foreach ((string counting, string ignored) in new[] { (first, second), (second, first) })
        {
            TrustedKeys keys = TestKeys.Trust(counting, ignored);
            Signature signature = Assert.Single(info.Signatures, s => keys.Verify(FingerprintOf(info), s));
            Assert.True(PublicKey.Parse(counting).Verify(FingerprintOf(info), signature));
        }
    }

    [Fact]
    public void A_changed_fact_makes_the_signature_worthless()
    {
        TrustedKeys keys = TestKeys.Trust(TestKeys.Key2);
        foreach (ValidPathInfo info in GoldenNario.ReadInfos("17-signed-notultimate"))
        {
            Assert.All(
                new[]
                {
                    info with { Path = TestStorePath.Named("other") },
                    info with { NarHash = TestHash.Sha256("other"u8) },
                    info with { NarSize = info.NarSize + 8 },
                    info with { NarSize = 0 },
                    info with { References = [.. info.References, TestStorePath.Named("other")] },
                },
                changed => Assert.Equal(0, keys.CountValid(StoreDirectory.Default, changed)));
            Assert.Equal(0, keys.CountValid(new StoreDirectory("/gnu/store"), info));
        }
    }

    [Fact]
    public void What_is_not_signed_does_not_matter()
    {
        TrustedKeys keys = TestKeys.Trust(TestKeys.Key2);
        ValidPathInfo info = GoldenNario.ReadInfos("17-signed-notultimate")[0];
        ValidPathInfo changed = info with
        {
            Deriver = TestStorePath.Named("other.drv"),
            RegistrationTime = 1,
            Ultimate = true,
            ContentAddress = null,
        };
        Assert.Equal(1, keys.CountValid(StoreDirectory.Default, changed));
    }

    [Fact]
    public void Keys_are_read_when_a_signature_is_to_be_judged()
    {
        int count = 0;
        IEnumerable<PublicKey> Read()
        {
            count++;
            yield return PublicKey.Parse(TestKeys.Key1);
        }

        TrustedKeys keys = new(Read());
        ValidPathInfo signed = Assert.Single(GoldenNario.ReadInfos("15-signed1"), path => path.Signatures.Count > 0);
        Assert.Equal(0, keys.CountValid(StoreDirectory.Default, signed with { Signatures = [] }));
        Assert.Equal(0, count);
        Assert.Equal(1, keys.CountValid(StoreDirectory.Default, signed));
        Assert.Equal(1, keys.CountValid(StoreDirectory.Default, signed));
        Assert.Equal(1, count);
    }

    [Fact]
    public void Names_its_keys() =>
        Assert.Equal(
            ["nario-test-1", "nario-test-2"], TestKeys.Trust(TestKeys.Key2, TestKeys.Key1, TestKeys.Key2).Names);

    private static byte[] FingerprintOf(ValidPathInfo info) => Fingerprint.Create(StoreDirectory.Default, info);
}
