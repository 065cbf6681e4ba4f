using System.Text;
using Nario.Interop.Tests.Support;
using Nario.Testing;

namespace Nario.Interop.Tests;

/// <summary>Moves stores with the program itself, as a user does.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryStore _nix = new();
    private readonly TemporaryStore _ours = new();

    public static TheoryData<string, InputKind> Hostile
    {
        get
        {
            TheoryData<string, InputKind> data = [];
            foreach (string name in (string[])
            [
                "v1-depth-20000", "v2-symlink-then-dir", "v1-refs-18446744073709551615", "v2-len-name-max",
                "v2-hash-mismatch",
            ])
            {
                data.Add(name, InputKind.File);
                data.Add(name, InputKind.Pipe);
            }

            return data;
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        _nix.Dispose();
        _ours.Dispose();
    }

    [RequiresTheory(Needs.Nix)]
    [InlineData(1, InputKind.File)]
    [InlineData(1, InputKind.Pipe)]
    [InlineData(2, InputKind.File)]
    [InlineData(2, InputKind.Pipe)]
    public void Moves_a_store_of_Nix(int version, InputKind kind)
    {
        IReadOnlyList<string> paths = GeneratedClosure.Fill(_nix, _folder);

        byte[] nario = Run(
            [], InputKind.Pipe, ["export", "--format", $"{version}", "--store", _nix.Root, "-r", .. paths]);
        byte[] printed = Run(nario, kind, "import", "--no-check-sigs", "--print-paths", "--store", _ours.Root);

        Nix.AssertClean(_ours);
        Leavings.AssertNone(_ours);
        string[] lines = Encoding.ASCII.GetString(printed).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Engines.ReadInfos(nario).Select(static info => $"/nix/store/{info.Path}"), lines);
        Assert.Equal(Nix.Export(_nix, paths), Nix.Export(_ours, paths));
        Assert.Equal(Engines.List(nario, kind), Run(nario, kind, "list", "-lR"));
        if (version == 1)
        {
            Assert.Equal(Nix.Export(_nix, paths), nario);
        }
    }

    [RequiresTheory(Needs.Shared | Needs.Nix)]
    [MemberData(nameof(Hostile))]
    public void Refuses_with_one_line(string name, InputKind kind)
    {
        byte[] nario = SharedVector.Read("hostile", name);

        ProgramResult result = NarioProgram.Run(nario, kind, "import", "--no-check-sigs", "--store", _ours.Root);

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Matches("^error: [^\n]+\n(         [^\n]+\n)*$", result.Errors);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Nix.AssertEmptyOrClean(_ours);
    }

    private static byte[] Run(byte[] input, InputKind kind, params IEnumerable<string> arguments)
    {
        ProgramResult result = NarioProgram.Run(input, kind, arguments);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        return result.Output;
    }
}
