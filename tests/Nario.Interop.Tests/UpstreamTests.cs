using Nario.Codec;
using Nario.Interop.Tests.Support;
using Nario.Testing;

namespace Nario.Interop.Tests;

/// <summary>Reads the NARs and narios that other projects test themselves with.</summary>
public sealed class UpstreamTests : IDisposable
{
    /// <summary>The narios, each after what it refers to.</summary>
    private static readonly string[] Narios =
        ["attic-test-no-deps", "attic-test-with-deps-c-final", "attic-test-with-deps-b", "attic-test-with-deps-a"];

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryStore _store = new();

    public static TheoryData<string, bool> Nars
    {
        get
        {
            TheoryData<string, bool> data = [];
            foreach (string[] row in ReadManifest(".nar"))
            {
                data.Add(row[0], row[5] == "accept");
            }

            return data;
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        _store.Dispose();
    }

    [RequiresTheory(Needs.Shared | Needs.Nix)]
    [MemberData(nameof(Nars))]
    public void Gives_the_verdict_that_the_project_expects(string file, bool isAccepted)
    {
        byte[] nar = File.ReadAllBytes(SharedVector.Locate("upstream", file));

        foreach (InputKind kind in Enum.GetValues<InputKind>())
        {
            foreach (bool isSkipping in (bool[])[false, true])
            {
                Assert.Equal(isAccepted, Verdict.GetRefusal(() => Read(nar, kind, isSkipping)) is null);
            }
        }

        if (isAccepted)
        {
            Nix.Restore(nar, _folder.Join("tree"));
            Assert.Equal(nar, TestNars.Dump(_folder.Join("tree")));
        }
    }

    [RequiresTheory(Needs.Shared | Needs.Nix)]
    [InlineData(InputKind.File)]
    [InlineData(InputKind.Pipe)]
    public void Imports_the_narios(InputKind kind)
    {
        string[] files = [.. ReadManifest(".export").Select(static row => SharedVector.Locate("upstream", row[0]))];
        Assert.Equal(Narios.Length, files.Length);

        foreach (string name in Narios)
        {
            string file = files.Single(file => file.EndsWith($"-{name}.export", StringComparison.Ordinal));
            string path = $"/nix/store/{Path.GetFileNameWithoutExtension(file)}";

            Assert.Equal([path], Engines.Import(_store, File.ReadAllBytes(file), kind));

            Assert.Equal(File.ReadAllBytes(Path.ChangeExtension(file, ".nar")), Nix.Dump(_store.Join(path)));
            Assert.Equal(Nix.Export(_store, [path]), Engines.Export(_store, 1, path));
        }

        Nix.AssertClean(_store);
    }

    private static IEnumerable<string[]> ReadManifest(string ending) =>
        SharedVector.ReadTable("upstream", "MANIFEST.tsv")
            .Where(row => row[0].EndsWith(ending, StringComparison.Ordinal));

    /// <summary>Reads a NAR and expects nothing to be left.</summary>
    private static void Read(byte[] nar, InputKind kind, bool isSkipping)
    {
        using Stream input = Engines.OpenInput(nar, kind);
        NarCursor cursor = new(input) { SkipContents = isSkipping };
        while (cursor.Read())
        {
        }

        Assert.Equal(nar.Length, cursor.Offset);
    }
}
