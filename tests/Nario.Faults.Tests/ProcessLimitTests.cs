using System.Diagnostics;
using Nario.Faults.Tests.Support;

namespace Nario.Faults.Tests;

/// <summary>Work in a process that may open few files, or write only small ones.</summary>
public sealed class ProcessLimitTests : IDisposable
{
    // From enough for the runtime and the whole tree down to too few for either.
    private const int MostFiles = 250;
    private const int FewestFiles = 16;
    private const int Step = 4;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Checklist", "S03")]
    public void S03_leaves_nothing_when_no_more_files_may_be_opened()
    {
        int refused = 0;
        int imported = 0;
        for (int limit = MostFiles; limit > FewestFiles; limit -= Step)
        {
            string store = _folder.Join($"root-{limit}");
            ProgramResult result = Run(
                $"ulimit -n {limit}", "import", "--no-check-sigs", "--store", store, TestFiles.Golden("07-tree.v2.nario"));
            if (result.ExitCode == 0)
            {
                imported++;
            }
            else if (result.Errors.EndsWith(": Too many open files\n", StringComparison.Ordinal)
                && Directory.Exists(Path.Join(store, "nix/store")))
            {
                refused++;
                ProcessEnd.AssertFailure(result, "[^\n]*");
                // The folder that Nix keeps links in belongs to the store; some limits end the work before it is made.
                Assert.Empty(
                    Directory.EnumerateFileSystemEntries(Path.Join(store, "nix/store"))
                        .Select(Path.GetFileName)
                        .Except([".links"]));
            }
        }

        // Below some limit the runtime does not come as far as the import.
        Assert.InRange(imported, 1, int.MaxValue);
        Assert.InRange(refused, 1, int.MaxValue);
    }

    [Fact]
    public void Leaves_nothing_when_a_file_may_not_grow_so_much()
    {
        string source = _folder.Join("source");
        File.WriteAllBytes(source, new byte[10_000_000]);

        // The runtime of .NET maps code by way of files, unless it is told not to.
        ProgramResult result = Run(
            "ulimit -f 1000 && export DOTNET_EnableWriteXorExecute=0",
            "export", "--format", "2", "--name", "x", "-o", _folder.Join("out.nario"), source);

        ProcessEnd.AssertFailure(result, "[^\n]*: File too large");
        Assert.Equal(["source"], _folder.List());
    }

    private static ProgramResult Run(string limit, params IEnumerable<string> arguments)
    {
        using Process process = NarioProgram.StartLine($"{limit} && exec \"$@\"", "sh", arguments);
        return ProcessEnd.Await(process);
    }
}
