using Nario.Codec;
using Nario.Interop.Tests.Support;
using Nario.Store;
using Nario.Store.Local;
using Nario.Store.Tests.Local;
using Nario.Testing;

namespace Nario.Interop.Tests;

/// <summary>Moves the narios of a real <c>nix nario</c> between stores of Nix and of ours.</summary>
public sealed class GoldenTests : IDisposable
{
    private readonly TemporaryStore _ours = new();
    private readonly TemporaryStore _nix = new();

    public static TheoryData<string> Version1 => [.. GoldenFile.ImportableVersion1];

    public static TheoryData<string> Version2 => [.. GoldenFile.ImportableVersion2];

    public static TheoryData<string, InputKind> Inputs
    {
        get
        {
            TheoryData<string, InputKind> data = [];
            foreach (string name in GoldenFile.Importable)
            {
                data.Add(name, InputKind.File);
                data.Add(name, InputKind.Pipe);
            }

            return data;
        }
    }

    public void Dispose()
    {
        _ours.Dispose();
        _nix.Dispose();
    }

    [RequiresTheory(Needs.Nix)]
    [MemberData(nameof(Inputs))]
    public void Imports_a_store_that_Nix_finds_whole_and_exports_alike(string name, InputKind kind) =>
        GoldenScenario.ImportAndExport(_ours, name, kind);

    [RequiresTheory(Needs.Nix)]
    [MemberData(nameof(Version1))]
    public void Registers_the_same_rows_as_Nix(string name)
    {
        GoldenScenario.Prepare(_ours, name);
        GoldenScenario.Prepare(_nix, name);

        IReadOnlyList<string> imported = Engines.Import(_ours, GoldenFile.Read(name));

        Assert.Equal(Nix.Import(_nix, GoldenFile.Read(name)), imported);
        foreach (string query in StoreQueries.All)
        {
            Assert.Equal(_nix.Query(query), _ours.Query(query));
        }
    }

    [RequiresTheory(Needs.Nix)]
    [MemberData(nameof(Version1))]
    public void Exports_a_store_that_Nix_made(string name)
    {
        GoldenScenario.Prepare(_nix, name);
        IReadOnlyList<string> paths = Nix.Import(_nix, GoldenFile.Read(name));

        Assert.Equal(GoldenFile.Read(name), Engines.Export(_nix, 1, paths));
    }

    [RequiresTheory(Needs.Nix)]
    [MemberData(nameof(Version2))]
    public void Writes_version_1_that_Nix_imports(string name)
    {
        GoldenScenario.Prepare(_ours, name);
        Engines.Import(_ours, GoldenFile.Read(name));

        Nix.Import(_nix, Engines.ExportAll(_ours, 1));

        Nix.AssertClean(_nix);
        Assert.Equal(_ours.Query(StoreQueries.References), _nix.Query(StoreQueries.References));
        Assert.Equal(_ours.Query(StoreQueries.DerivationOutputs), _nix.Query(StoreQueries.DerivationOutputs));
    }

    [Theory]
    [MemberData(nameof(Version2))]
    public void Writes_version_2_as_it_was_but_for_what_is_not_believed(string name)
    {
        byte[] golden = GoldenFile.ReadWithOrderedSignatures(name);
        GoldenScenario.Prepare(_ours, name);
        IReadOnlyList<string> paths = Engines.Import(_ours, golden);

        byte[] exported = Engines.Export(_ours, 2, paths);

        Assert.Equal(golden.Length, exported.Length);
        int[] differences = [.. Enumerable.Range(0, golden.Length).Where(index => golden[index] != exported[index])];
        Assert.All(differences, index => Assert.Equal((1, 0), (golden[index], exported[index])));
        int claimed = GoldenNario.ReadInfos(name[..^".v2".Length]).Count(static info => info.Ultimate);
        Assert.Equal(claimed, differences.Length);
        Assert.All(Engines.ReadInfos(exported), static info => Assert.False(info.IsUltimate));
    }

    [Theory]
    [MemberData(nameof(Version2))]
    public void Registers_what_version_2_says(string name)
    {
        GoldenScenario.Prepare(_ours, name);
        Engines.Import(_ours, GoldenFile.Read(name));

        using LocalStore store = _ours.Open();
        Assert.All(
            GoldenNario.ReadInfos(name[..^".v2".Length]),
            info => Assert.Equal(info with { Ultimate = false }, store.QueryPathInfo(info.Path)));
    }

    [Theory]
    [InlineData("11-noclosure.v1", "is neither in the store nor earlier")]
    [InlineData("11-noclosure.v2", "is neither in the store nor earlier")]
    [InlineData("22-unknown-hash-size.v2", "nar")]
    public void Refuses_what_is_not_complete(string name, string message)
    {
        foreach (InputKind kind in Enum.GetValues<InputKind>())
        {
            Exception error = Assert.ThrowsAny<Exception>(() => Engines.Import(_ours, GoldenFile.Read(name), kind));

            Assert.True(error is StoreException or NarioFormatException, error.ToString());
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
            Leavings.AssertNone(_ours);
        }
    }

    [RequiresFact(Needs.Nix)]
    public void Refuses_what_Nix_refuses()
    {
        Assert.False(Nix.TryImport(_nix, GoldenFile.Read("11-noclosure.v1")));
        Assert.ThrowsAny<StoreException>(() => Engines.Import(_ours, GoldenFile.Read("11-noclosure.v1")));
        Nix.AssertClean(_ours);
    }

    [Fact]
    public void Imports_what_is_there_already_without_change()
    {
        foreach (string name in GoldenFile.Importable)
        {
            using TemporaryStore store = new();
            GoldenScenario.Prepare(store, name);
            Engines.Import(store, GoldenFile.Read(name));
            string[] before = [.. StoreQueries.All.SelectMany(store.Query)];

            foreach (InputKind kind in Enum.GetValues<InputKind>())
            {
                Engines.Import(store, GoldenFile.Read(name), kind);
            }

            Assert.Equal(before, StoreQueries.All.SelectMany(store.Query));
            Leavings.AssertNone(store);
        }
    }
}
