using Nario.Codec;
using Nario.Interop.Tests.Support;
using Nario.Store;
using Nario.Store.Export;
using Nario.Store.Tests.Local;
using Nario.Testing;

namespace Nario.Interop.Tests;

/// <summary>Moves a closure of some fifty paths that Nix made.</summary>
public sealed class ClosureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryStore _nix = new();
    private readonly TemporaryStore _ours = new();

    public void Dispose()
    {
        _folder.Dispose();
        _nix.Dispose();
        _ours.Dispose();
    }

    [RequiresFact(Needs.Nix)]
    public void Exports_the_same_bytes_as_Nix()
    {
        IReadOnlyList<string> paths = GeneratedClosure.Fill(_nix, _folder);
        Assert.InRange(paths.Count, 50, 100);

        Assert.Equal(Nix.Export(_nix, paths), Engines.Export(_nix, 1, paths));
        Assert.Equal(Nix.Export(_nix, paths), Engines.ExportAll(_nix, 1));
        Random random = new(3);
        for (int round = 0; round < 10; round++)
        {
            string[] some = [.. paths.Where(_ => random.Next(8) == 0)];
            Assert.Equal(Nix.Export(_nix, some), Engines.Export(_nix, 1, some));
            Assert.Equal(Nix.Export(_nix, Nix.Closure(_nix, some)), ExportClosure(_nix, 1, some));
        }
    }

    [RequiresTheory(Needs.Nix)]
    [InlineData(InputKind.File)]
    [InlineData(InputKind.Pipe)]
    public void Imports_what_Nix_exports(InputKind kind)
    {
        IReadOnlyList<string> paths = GeneratedClosure.Fill(_nix, _folder);
        byte[] nario = Nix.Export(_nix, paths);

        IReadOnlyList<string> imported = Engines.Import(_ours, nario, kind);

        Nix.AssertClean(_ours);
        Leavings.AssertNone(_ours);
        using TemporaryStore other = new();
        Assert.Equal(Nix.Import(other, nario), imported);
        AssertSameRows(other, _ours);
        Assert.Equal(nario, Engines.ExportAll(_ours, 1));
    }

    [RequiresFact(Needs.Nix)]
    public void Writes_what_Nix_imports()
    {
        GeneratedClosure.Fill(_nix, _folder);
        byte[] nario = Engines.ExportAll(_nix, 1);
        using TemporaryStore other = new();

        Nix.Import(other, nario);

        Nix.AssertClean(other);
        Assert.Equal(nario, Nix.Export(other, other.Query("select path from ValidPaths")));
    }

    [RequiresTheory(Needs.Nix)]
    [InlineData(InputKind.File)]
    [InlineData(InputKind.Pipe)]
    public void Keeps_everything_in_version_2(InputKind kind)
    {
        GeneratedClosure.Fill(_nix, _folder);
        byte[] nario = Engines.ExportAll(_nix, 2);

        Engines.Import(_ours, nario, kind);

        Nix.AssertClean(_ours);
        AssertSameRows(_nix, _ours);
        Assert.Equal(nario, Engines.ExportAll(_ours, 2));
        const string Times = "select path, registrationTime from ValidPaths order by path";
        Assert.Equal(_nix.Query(Times), _ours.Query(Times));
    }

    [RequiresFact(Needs.Nix)]
    public void Reports_trees_that_have_changed()
    {
        IReadOnlyList<string> paths = GeneratedClosure.Fill(_nix, _folder);
        string changed = paths.Single(static path => path.EndsWith("-package-7", StringComparison.Ordinal));
        string file = _nix.Join($"{changed}/data");
        byte[] contents = File.ReadAllBytes(file);
        contents[0]++;
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllBytes(file, contents);

        foreach (int version in (int[])[1, 2])
        {
            StoreException error = Assert.Throws<StoreException>(() => Engines.Export(_nix, version, changed));
            Assert.Contains($"hash of path '{changed}' has changed", error.Message, StringComparison.Ordinal);
        }
    }

    private static byte[] ExportClosure(TemporaryStore store, int version, string[] paths) => Engines.Export(
        store, new ExportRequest { Paths = paths, Version = NarioVersion.Find(version)!, Recursive = true });

    private static void AssertSameRows(TemporaryStore expected, TemporaryStore actual)
    {
        foreach (string query in StoreQueries.All)
        {
            Assert.Equal(expected.Query(query), actual.Query(query));
        }
    }
}
