using System.Text;
using Nario.Store.Paths;
using Nario.Store.Signatures;
using Nario.Testing;

namespace Nario.Store.Tests.Signatures;

public class FingerprintTests
{
    [Fact]
    public void Has_the_sorted_references_and_the_hash_in_base_32()
    {
        ValidPathInfo info = new()
        {
            Path = StorePath.Parse("00000000000000000000000000000001-a"),
            NarHash = TestHash.Sha256("abc"u8),
            NarSize = 18_446_744_073_709_551_615,
            References =
            [
                StorePath.Parse("00000000000000000000000000000002-b"),
                StorePath.Parse("00000000000000000000000000000001-a"),
            ],
        };
        Assert.Equal(
            "1;/nix/store/00000000000000000000000000000001-a;"
            + "sha256:1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s;18446744073709551615;"
            + "/nix/store/00000000000000000000000000000001-a,/nix/store/00000000000000000000000000000002-b",
            Encoding.UTF8.GetString(Fingerprint.Create(StoreDirectory.Default, info)));
        Assert.StartsWith(
            "1;/gnu/store/00000000000000000000000000000001-a;",
            Encoding.UTF8.GetString(Fingerprint.Create(new StoreDirectory("/gnu/store"), info)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Ends_in_a_semicolon_without_references()
    {
        ValidPathInfo info = new()
        {
            Path = TestStorePath.Named("a"),
            NarHash = TestHash.Sha256("abc"u8),
            NarSize = 120,
        };
        Assert.EndsWith(
            ";120;", Encoding.UTF8.GetString(Fingerprint.Create(StoreDirectory.Default, info)), StringComparison.Ordinal);
    }

    [Fact]
    public void Cannot_be_made_without_a_size()
    {
        ValidPathInfo info = new()
        {
            Path = StorePath.Parse("00000000000000000000000000000001-a"),
            NarHash = TestHash.Sha256("abc"u8),
            NarSize = 0,
        };
        Assert.Equal(
            "cannot calculate fingerprint of path '/nix/store/00000000000000000000000000000001-a' because its size is not known",
            Assert.Throws<StoreException>(() => Fingerprint.Create(StoreDirectory.Default, info)).Message);
    }
}
