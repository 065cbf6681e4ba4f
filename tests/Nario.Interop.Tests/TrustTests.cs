using Nario.Interop.Tests.Support;
using Nario.Store;
using Nario.Store.Import;
using Nario.Store.Signatures;
using Nario.Testing;

namespace Nario.Interop.Tests;

/// <summary>Imports what a real <c>nix nario</c> signed.</summary>
public sealed class TrustTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public static TheoryData<string, string[]> Trusted => new()
    {
        { "15-signed1.v2", [TestKeys.Key1] },
        { "15-signed1.v2", [TestKeys.Key3, TestKeys.Key1] },
        { "17-signed-notultimate.v2", [TestKeys.Key2] },
        { "23-sig-order.v2", [TestKeys.SignatureOrder[0]] },
        { "23-sig-order.v2", [TestKeys.SignatureOrder[1]] },
        { "23-sig-order.v2", [TestKeys.SignatureOrder[2]] },
        { "23-sig-order.v2", [TestKeys.SignatureOrder[3]] },
        { "23-sig-order.v2", [TestKeys.SignatureOrder[4]] },
        { "23-sig-order.v2", TestKeys.SignatureOrder },
    };

    public static TheoryData<string, string[]> Untrusted => new()
    {
        { "15-signed1.v2", [] },
        { "15-signed1.v2", [TestKeys.Key2, TestKeys.Key3] },
        { "15-signed1.v2", [Rename(TestKeys.Key2, TestKeys.Key1)] },
        { "17-signed-notultimate.v2", [] },
        { "17-signed-notultimate.v2", [TestKeys.Key1] },
        { "17-signed-notultimate.v2", [Rename(TestKeys.Key1, TestKeys.Key2)] },
        { "23-sig-order.v2", [] },
        { "23-sig-order.v2", [TestKeys.Key1, TestKeys.Key2] },
        { "09-closure.v2", TestKeys.SignatureOrder },
        { "09-closure.v1", [TestKeys.Key1, TestKeys.Key2, TestKeys.Key3] },
    };

    public void Dispose() => _store.Dispose();

    [Theory]
    [MemberData(nameof(Trusted))]
    public void Accepts_what_a_trusted_key_signed(string name, string[] keys)
    {
        foreach (InputKind kind in Enum.GetValues<InputKind>())
        {
            using TemporaryStore store = new();
            GoldenScenario.Prepare(store, name);

            IReadOnlyList<string> paths = Engines.Import(store, GoldenFile.Read(name), kind, TestKeys.Trust(keys));

            Assert.Equal(
                GoldenNario.ReadInfos(name[..^".v2".Length]).SelectMany(static info => info.Signatures),
                Engines.ReadInfos(Engines.Export(store, 2, paths))
                    .OrderBy(static info => info.Path, StringComparer.Ordinal)
                    .SelectMany(static info => info.Signatures)
                    .Select(Signature.Parse));
        }
    }

    [Theory]
    [MemberData(nameof(Untrusted))]
    public void Refuses_what_no_trusted_key_signed(string name, string[] keys)
    {
        GoldenScenario.Prepare(_store, name);
        foreach (InputKind kind in Enum.GetValues<InputKind>())
        {
            MissingSignatureException error = Assert.Throws<MissingSignatureException>(
                () => Engines.Import(_store, GoldenFile.Read(name), kind, TestKeys.Trust(keys)));

            Assert.Contains("lacks a signature by a trusted key", error.Message, StringComparison.Ordinal);
            Leavings.AssertNone(_store);
        }
    }

    [Theory]
    [InlineData("02-file-flat.v2")]
    [InlineData("03-file-nar.v2")]
    [InlineData("04-executable.v2")]
    [InlineData("07-tree.v2")]
    [InlineData("08-nonutf8.v2")]
    [InlineData("10-closure-drv.v2")]
    [InlineData("13-ca-other-algos.v2")]
    public void Accepts_contents_that_prove_their_address(string name)
    {
        Assert.All(GoldenNario.ReadInfos(name[..^".v2".Length]), static info => Assert.Empty(info.Signatures));

        IReadOnlyList<string> paths = Engines.Import(_store, GoldenFile.Read(name), InputKind.File, TrustedKeys.None);

        Assert.Equal(GoldenNario.ReadInfos(name[..^".v2".Length]).Count, paths.Count);
    }

    [Fact]
    public void Refuses_an_address_that_proves_nothing_unless_someone_vouches_for_it()
    {
        byte[] nario = GoldenFile.Read("14-ca-selfref.v2");

        StoreException error = Assert.Throws<StoreException>(
            () => Engines.Import(_store, nario, InputKind.File, TestKeys.Trust(TestKeys.Key1)));

        Assert.Contains("positions of its self-references", error.Message, StringComparison.Ordinal);
        Leavings.AssertNone(_store);
        Assert.Equal(
            ["/nix/store/q2qz3vgq4r8bimdvlyw4n7xjma0j90vs-libbase-1.0"],
            _store.Query("select path from ValidPaths"));
        Assert.Equal(2, Engines.Import(_store, nario).Count);
    }

    [Fact]
    public void Merges_signatures_of_a_path_that_is_there()
    {
        Engines.Import(_store, GoldenFile.Read("09-closure.v2"));
        TrustedKeys one = TestKeys.Trust(TestKeys.SignatureOrder[0]);

        IReadOnlyList<string> paths = Engines.Import(_store, GoldenFile.Read("23-sig-order.v2"), InputKind.Pipe, one);

        string signature = Assert.Single(Engines.ReadInfos(Engines.Export(_store, 2, paths))[0].Signatures);
        Assert.StartsWith("nario-test:", signature, StringComparison.Ordinal);
    }

    /// <summary>Gets a key under the name of another.</summary>
    private static string Rename(string key, string other) => $"{other.Split(':')[0]}:{key.Split(':')[1]}";
}
