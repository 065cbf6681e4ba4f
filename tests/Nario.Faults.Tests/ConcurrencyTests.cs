using System.Diagnostics;
using Nario.Faults.Tests.Support;

namespace Nario.Faults.Tests;

/// <summary>Imports beside other imports, of this program and of Nix, and beside the collector.</summary>
public sealed class ConcurrencyTests(ITestOutputHelper output)
{
    private const int DefaultRounds = 2;

    // How much longer each deletion takes the collector, so that it is still at work when an import begins.
    private const int DeletionMilliseconds = 10;

    // A path of one large file.
    private const int LargePart = 9;

    // Nix tells of it when a lock on the database is not to be had at once, and tries again.
    private const string BusyWarning = "warning: error: SQLite database [^\n]* is busy[^\n]*\n";

    // It waits while this program makes the store.
    private const string LockMessage = "waiting for the big Nix store lock\\.\\.\\.\n";

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);

    [RequiresTheory(Needs.Nix)]
    [Trait("Checklist", "S01")]
    [InlineData(InputKind.File)]
    [InlineData(InputKind.Pipe)]
    public void S01_imports_one_file_twice_at_once(InputKind kind) =>
        FaultRounds.Run(output, DefaultRounds, (random, tally) =>
        {
            int first = random.Next(1, 3);
            int second = random.Next(1, 3);
            using FaultStore store = new();
            ProgramResult other = null!;
            RunningThread thread = RunningThread.Start(() => other = store.Import(second, kind, "-v"));
            Thread.Sleep(random.Next(80));
            ProgramResult one = store.Import(first, kind, "-v");
            thread.Join();

            Assert.Equal((0, 0), (one.ExitCode, other.ExitCode));
            store.AssertComplete();

            // A path that both took up is told of twice, and registered once.
            int told = (one.Errors + other.Errors).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
            Assert.True(told >= FaultClosure.Paths.Count);
            tally.Count(told > FaultClosure.Paths.Count ? "both took up a path" : "no path was taken up by both");
        });

    [RequiresFact(Needs.Nix)]
    [Trait("Checklist", "S01")]
    public void S01_imports_beside_Nix() =>
        FaultRounds.Run(output, DefaultRounds, (random, tally) =>
        {
            int version = random.Next(1, 3);
            using FaultStore store = new();
            ProgramResult other = null!;
            RunningThread thread = RunningThread.Start(() =>
            {
                using Process nix = store.Start("nix-store", "--store", store.Root, "--import");
                other = ProcessEnd.Await(nix, FaultClosure.Read(1));
            });
            Thread.Sleep(random.Next(40));
            ProgramResult ours = store.Import(version, random.Next(2) == 0 ? InputKind.File : InputKind.Pipe);
            thread.Join();

            Assert.Equal((0, ""), (ours.ExitCode, ours.Errors));
            Assert.Matches($"^({LockMessage})?({BusyWarning})*$", other.Errors);
            Assert.Equal(0, other.ExitCode);
            store.AssertComplete();
            tally.Count($"version {version}");
        });

    [RequiresTheory(Needs.Nix)]
    [Trait("Checklist", "S02")]
    [InlineData(InputKind.File)]
    [InlineData(InputKind.Pipe)]
    public void S02_imports_while_the_collector_runs(InputKind kind) =>
        FaultRounds.Run(output, DefaultRounds, (random, tally) =>
        {
            int version = random.Next(1, 3);
            using FaultStore store = new();

            // Some paths are there already, and garbage until the import takes them up.
            byte[] nario = FaultClosure.Read(2);
            _ = store.ImportFrom(nario.AsSpan(0, random.Next(16, nario.Length)).ToArray());
            using Process process = store.StartImport(version, kind);
            RunningThread feeding =
                ProcessEnd.Feed(process, kind == InputKind.Pipe ? FaultClosure.Read(version) : []);
            int collections = 0;
            while (!process.HasExited)
            {
                ProgramResult collected = Collect(store);
                Assert.True(collected.ExitCode == 0, collected.Errors);
                collections++;
            }

            ProgramResult result = ProcessEnd.AwaitFed(process);
            feeding.Join();

            // After its end the collector may take what it has imported.
            Assert.Equal((0, ""), (result.ExitCode, result.Errors));
            store.AssertClean();
            Assert.Equal(store.ListRegistered().Select(static path => Path.GetFileName(path)), store.ListObjects());
            store.AssertRecovers(version, kind);
            tally.Count(collections > 1 ? "several collections" : "one collection");
        });

    [RequiresFact(Needs.Nix)]
    [Trait("Checklist", "S02")]
    public void S02_keeps_the_paths_that_it_passes_over_for_those_that_refer_to_them()
    {
        byte[] nario = FaultClosure.Read(2);
        using FaultStore store = new();
        _ = store.ImportFrom(nario.AsSpan(0, nario.Length / 2).ToArray());
        int length = FaultClosure.FindEnd(2, store.ListRegistered().Count);
        using Process process = store.StartImport(2, InputKind.Pipe);
        Stream input = process.StandardInput.BaseStream;
        input.Write(nario, 0, length);
        input.Flush();
        Assert.False(process.WaitForExit(Moment), "the import has not waited for its input");

        ProgramResult collected = Collect(store);
        Assert.True(collected.ExitCode == 0, collected.Errors);

        ProgramResult result = ProcessEnd.Await(process, nario[length..]);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        store.AssertComplete();
    }

    /// <summary>Part of a NAR has come, and the rest does not come before the collector has ended.</summary>
    [RequiresTheory(Needs.Nix)]
    [Trait("Checklist", "S02")]
    [InlineData(1)]
    [InlineData(2)]
    public void S02_lets_the_collector_run_while_its_input_stalls(int version)
    {
        byte[] nario = FaultClosure.Read(version);
        int length = (FaultClosure.FindEnd(version, LargePart) + FaultClosure.FindEnd(version, LargePart + 1)) / 2;
        using FaultStore store = new();
        using Process process = store.StartImport(version, InputKind.Pipe);
        Stream input = process.StandardInput.BaseStream;
        input.Write(nario, 0, length);
        input.Flush();
        Assert.False(process.WaitForExit(Moment), "the import has not waited for its input");
        Assert.NotEqual(store.ListRegistered().Count, store.ListObjects().Count);

        ProgramResult collected = Collect(store);
        Assert.True(collected.ExitCode == 0, collected.Errors);

        ProgramResult result = ProcessEnd.Await(process, nario[length..]);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        store.AssertComplete();
    }

    [TracerFact(Needs.Nix)]
    [Trait("Checklist", "S02")]
    public void S02_loses_nothing_by_a_collector_that_is_killed_at_its_work()
    {
        using TemporaryFolder folder = new();
        using FaultStore store = new();
        byte[] nario = FaultClosure.Read(2);
        int length = (FaultClosure.FindEnd(2, LargePart) + FaultClosure.FindEnd(2, LargePart + 1)) / 2;
        Assert.Equal(0, store.Import(2, InputKind.File).ExitCode);
        using Process collector = store.Start(
        [
            .. Tracer.Delay("unlinkat", DeletionMilliseconds, folder.Join("log")), "nix-store", "--store", store.Root, "--gc",
        ]);
        while (store.ListRegistered().Count == FaultClosure.Paths.Count)
        {
            Assert.False(collector.HasExited);
        }

        using Process process = store.StartImport(2, InputKind.Pipe);
        Stream input = process.StandardInput.BaseStream;
        input.Write(nario, 0, length);
        input.Flush();
        Assert.False(process.WaitForExit(Moment), "the import has not waited for its input");
        collector.Kill(entireProcessTree: true);
        collector.WaitForExit();

        ProgramResult result = ProcessEnd.Await(process, nario[length..]);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        store.AssertRecovers(2, InputKind.File);
    }

    [TracerFact(Needs.Nix)]
    [Trait("Checklist", "S02")]
    public void S02_does_not_rely_on_paths_that_a_collector_has_chosen_to_delete()
    {
        using TemporaryFolder folder = new();
        using FaultStore store = new();
        Assert.Equal(0, store.Import(2, InputKind.File).ExitCode);
        using Process collector = store.Start(
        [
            .. Tracer.Delay("unlinkat", DeletionMilliseconds, folder.Join("log")), "nix-store", "--store", store.Root, "--gc",
        ]);
        while (store.ListRegistered().Count == FaultClosure.Paths.Count)
        {
            Assert.False(collector.HasExited);
        }

        // It deletes what refers to others first, so that most of what is imported first is valid still.
        ProgramResult result = store.Import(2, InputKind.File);

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Equal(0, ProcessEnd.Await(collector).ExitCode);
        store.AssertComplete();
    }

    private static ProgramResult Collect(FaultStore store) => store.Run("nix-store", "--store", store.Root, "--gc");
}
