using Nario.Store.Hashes;
using Nario.Store.Paths;
using Nario.Store.Signatures;
using Nario.Testing;

namespace Nario.Store.Tests;

public class ValidPathInfoTests
{
    private static readonly StorePath A = TestStorePath.Named("a");

    private static readonly StorePath B = TestStorePath.Named("b");

    [Fact]
    public void Lists_are_sets_in_order()
    {
        ValidPathInfo info = Make();
        StorePath[] sorted = [.. new[] { A, B }.Order()];
        Assert.Equal(sorted, (info with { References = [B, A, B] }).References);
        Assert.Equal(sorted, (info with { References = [A, B, A, A] }).References);
        Signature[] signatures = [Signature.Parse(SignatureText("x")), Signature.Parse(SignatureText("k"))];
        Assert.Equal(
            [signatures[1], signatures[0]], (info with { Signatures = [signatures[0], .. signatures] }).Signatures);
    }

    [Fact]
    public void Lists_cannot_be_changed_afterwards()
    {
        StorePath[] references = [A];
        ValidPathInfo info = Make() with { References = references };
        references[0] = B;
        Assert.Equal([A], info.References);
        Assert.False(info.References is IList<StorePath>, "the list can be changed");
    }

    [Fact]
    public void Is_equal_by_value()
    {
        ValidPathInfo info = Make();
        Assert.Equal(info, Make());
        Assert.Equal(info.GetHashCode(), Make().GetHashCode());
        Assert.All(
            new[]
            {
                info with { Path = B },
                info with { NarHash = TestHash.Sha256("other"u8) },
                info with { NarSize = 1 },
                info with { References = [] },
                info with { Deriver = null },
                info with { RegistrationTime = 1 },
                info with { Ultimate = true },
                info with { Signatures = [] },
                info with { ContentAddress = null },
            },
            other => Assert.NotEqual(info, other));
    }

    [Fact]
    public void Refuses_what_no_store_can_hold()
    {
        Assert.Throws<ArgumentException>(() => Make() with { NarHash = TestHash.Any(HashAlgorithmKind.Sha512, 1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => Make() with { RegistrationTime = -1 });
    }

    private static string SignatureText(string name) => $"{name}:{Convert.ToBase64String(new byte[64])}";

    private static ValidPathInfo Make() => new()
    {
        Path = A,
        NarHash = TestHash.Sha256("abc"u8),
        NarSize = 120,
        References = [A, B],
        Deriver = TestStorePath.Named("a.drv"),
        RegistrationTime = 1_795_361_155,
        Signatures = [Signature.Parse(SignatureText("k"))],
        ContentAddress = new ContentAddress(ContentAddressMethod.Nar, TestHash.Sha256("abc"u8)),
    };
}
