using System.Diagnostics;
using System.Text.RegularExpressions;
using Nario.Faults.Tests.Support;

namespace Nario.Faults.Tests;

/// <summary>Imports a deep tree where the process may open few files.</summary>
public sealed partial class FewFilesTests
{
    // From enough for the runtime and the whole tree down to too few for either.
    private const int MostFiles = 250;
    private const int FewestFiles = 16;
    private const int Step = 4;

    [Fact]
    [Trait("Checklist", "S03")]
    public void S03_leaves_nothing_when_no_more_files_may_be_opened()
    {
        int refused = 0;
        int imported = 0;
        for (int limit = MostFiles; limit > FewestFiles; limit -= Step)
        {
            using TemporaryFolder folder = new();
            string store = folder.Join("root");
            using Process process = NarioProgram.StartLine(
                "ulimit -n \"$0\" && exec \"$@\"",
                $"{limit}",
                "import",
                "--no-check-sigs",
                "--store",
                store,
                TestFiles.Golden("07-tree.v2.nario"));
            ProgramResult result = ProcessEnd.Await(process);
            if (result.ExitCode == 0)
            {
                imported++;
            }
            else if (Refusal.IsMatch(result.Errors) && Directory.Exists(Path.Join(store, "nix/store")))
            {
                refused++;
                Assert.Equal(
                    [".links"],
                    Directory.EnumerateFileSystemEntries(Path.Join(store, "nix/store")).Select(Path.GetFileName));
            }
        }

        // Below that the runtime does not come as far as the import.
        Assert.InRange(imported, 1, int.MaxValue);
        Assert.InRange(refused, 1, int.MaxValue);
    }

    [GeneratedRegex("^error: cannot (open|create) '(d[0-9]+|tmp-[^\n]*|bin|empty[^\n]*)': Too many open files\n$")]
    private static partial Regex Refusal { get; }
}
