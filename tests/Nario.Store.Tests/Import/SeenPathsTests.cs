using Nario.Store.Hashes;
using Nario.Store.Import;
using Nario.Store.Paths;
using Nario.Store.Pipeline;
using Nario.Store.Signatures;
using Nario.Testing;

namespace Nario.Store.Tests.Import;

public sealed class SeenPathsTests
{
    private static readonly StorePath Path = TestStorePath.Named("path");

    private static readonly ValidPathInfo Said = TemporaryStore.MakeInfo(Path, TestStorePath.Named("reference")) with
    {
        Deriver = TestStorePath.Named("deriver.drv"),
        RegistrationTime = 5,
        Signatures = [Sign("key", 1)],
    };

    public static TheoryData<string> Changes => [.. Others.Keys];

    private static Dictionary<string, ValidPathInfo> Others { get; } = new()
    {
        ["size"] = Said with { NarSize = 1001 },
        ["hash"] = Said with { NarHash = TestHash.Sha256([4]) },
        ["time"] = Said with { RegistrationTime = 6 },
        ["ultimate"] = Said with { Ultimate = true },
        ["deriver"] = Said with { Deriver = TestStorePath.Named("other.drv") },
        ["no deriver"] = Said with { Deriver = null },
        ["address"] = Said with { ContentAddress = new(ContentAddressMethod.Nar, TestHash.Sha256([4])) },
        ["reference"] = Said with { References = [TestStorePath.Named("another")] },
        ["no reference"] = Said with { References = [] },
        ["more references"] = Said with { References = [.. Said.References, TestStorePath.Named("another")] },
        ["signature"] = Said with { Signatures = [Sign("key", 2)] },
        ["no signature"] = Said with { Signatures = [] },
    };

    [Fact]
    public void The_same_may_be_said_twice()
    {
        SeenPaths seen = new();
        Assert.False(seen.Contains(Path));

        seen.Add(Said, StoreDirectory.Default);
        seen.Add(Said, StoreDirectory.Default);

        Assert.True(seen.Contains(Path));
        Assert.False(seen.Contains(TestStorePath.Named("reference")));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Nothing_else_may(string change)
    {
        SeenPaths seen = new();
        seen.Add(Said, StoreDirectory.Default);

        NarioEntryException exception = Assert.Throws<NarioEntryException>(
            () => seen.Add(Others[change], StoreDirectory.Default));

        Assert.Equal($"the nario holds path '/nix/store/{Path}' twice and says different things of it", exception.Message);
    }

    /// <summary>More than is hashed at once, and texts that cross its end.</summary>
    [Fact]
    public void Much_is_told_apart_by_its_last_part()
    {
        StorePath[] many = [.. Enumerable.Range(0, 300).Select(number => TestStorePath.Named($"reference-{number}"))];
        Signature[] signatures = [.. Enumerable.Range(1, 200).Select(number => Sign($"key-{number}", (byte)number))];
        ValidPathInfo said = Said with { References = many, Signatures = signatures };
        SeenPaths seen = new();
        seen.Add(said, StoreDirectory.Default);
        seen.Add(said, StoreDirectory.Default);

        foreach (ValidPathInfo other in (ValidPathInfo[])
            [
                said with { References = said.References.SkipLast(1).ToArray() },
                said with { Signatures = said.Signatures.SkipLast(1).ToArray() },
                said with { Signatures = [.. said.Signatures, Sign(new string('k', 5000), 1)] },
            ])
        {
            Assert.Throws<NarioEntryException>(() => seen.Add(other, StoreDirectory.Default));
        }
    }

    /// <summary>A text that takes more than is hashed at once, or what is left of that.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(3900)]
    [InlineData(4096)]
    [InlineData(10_000)]
    public void Long_texts_are_told_apart_by_every_character(int length)
    {
        string name = new('k', length);
        SeenPaths seen = new();
        seen.Add(Said with { Signatures = [Sign(name + "a", 1), Sign(name + "b", 1)] }, StoreDirectory.Default);

        Assert.Throws<NarioEntryException>(() => seen.Add(
            Said with { Signatures = [Sign(name + "a", 1), Sign(name + "c", 1)] }, StoreDirectory.Default));
        Assert.Throws<NarioEntryException>(() => seen.Add(
            Said with { Signatures = [Sign(name + "a", 1), Sign("l" + name[1..] + "b", 1)] }, StoreDirectory.Default));
    }

    private static Signature Sign(string key, byte value)
    {
        byte[] bytes = new byte[64];
        bytes.AsSpan().Fill(value);
        return Signature.Parse($"{key}:{Convert.ToBase64String(bytes)}");
    }
}
