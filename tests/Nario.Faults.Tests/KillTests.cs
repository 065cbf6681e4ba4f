using System.Diagnostics;
using Nario.Faults.Tests.Support;

namespace Nario.Faults.Tests;

/// <summary>Kills the program at random moments, as a failing machine would, and lets it try again.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int DefaultRounds = 2;

    private const int KilledExitCode = 128 + 9;

    [RequiresTheory(Needs.Nix)]
    [Trait("Checklist", "S03")]
    [InlineData(1, InputKind.File)]
    [InlineData(1, InputKind.Pipe)]
    [InlineData(2, InputKind.File)]
    [InlineData(2, InputKind.Pipe)]
    public void S03_completes_what_a_killed_import_began(int version, InputKind kind)
    {
        // The first one also warms up.
        _ = MeasureImport(version, kind);
        Moments moments = MeasureImport(version, kind);
        FaultRounds.Run(output, DefaultRounds, (random, tally) =>
        {
            using FaultStore store = new();
            using (Process process = store.StartImport(version, kind))
            {
                RunningThread feeding = ProcessEnd.Feed(process, kind == InputKind.Pipe ? FaultClosure.Read(version) : []);
                Kill(process, moments, () => HasBegun(store), random, tally);
                feeding.Join();
            }

            store.Count(tally);
            store.AssertRecovers(version, kind);
        });
    }

    [RequiresTheory(Needs.Nix)]
    [Trait("Checklist", "S03")]
    [InlineData(1)]
    [InlineData(2)]
    public void S03_leaves_a_file_whole_or_as_it_was_when_an_export_is_killed(int version)
    {
        using FaultStore store = new();
        Assert.Equal(0, store.Import(2, InputKind.File).ExitCode);
        using TemporaryFolder folder = new();
        string file = folder.Join("all.nario");
        string[] words =
            [.. NarioProgram.CommandLine, "export", "--format", $"{version}", "--store", store.Root, "--all", "-o", file];
        Stopwatch watch = Stopwatch.StartNew();
        Assert.Equal(0, store.Run(words).ExitCode);
        Moments moments = new(watch.Elapsed / 3, watch.Elapsed);
        byte[] whole = File.ReadAllBytes(file);
        Assert.Equal(FaultClosure.Read(version).Length, whole.Length);
        FaultRounds.Run(output, DefaultRounds, (random, tally) =>
        {
            byte[]? before = random.Next(2) == 0 ? null : "what was there"u8.ToArray();
            File.Delete(file);
            if (before is not null)
            {
                File.WriteAllBytes(file, before);
            }

            using (Process process = store.Start(words))
            {
                Stopwatch sinceStart = Stopwatch.StartNew();
                Kill(process, moments, () => sinceStart.Elapsed >= moments.Begin, random, tally);
            }

            byte[]? after = File.Exists(file) ? File.ReadAllBytes(file) : null;
            bool isWhole = after is not null && after.AsSpan().SequenceEqual(whole);
            tally.Count(isWhole ? "the file is whole" : "the file is as before");
            Assert.True(isWhole || (before ?? []).AsSpan().SequenceEqual(after), "the file is half written");
            tally.Count(folder.List().Count > (after is null ? 0 : 1) ? "left a temporary file" : "left nothing");
            store.AssertClean();

            ProgramResult result = store.Run(words);

            Assert.Equal((0, ""), (result.ExitCode, result.Errors));
            Assert.Equal(whole, File.ReadAllBytes(file));

            // A file without a name cannot replace one that has it: between its naming and that, a kill leaves it, whole.
            foreach (string left in folder.List().Where(static name => name != "all.nario"))
            {
                Assert.Equal(whole, File.ReadAllBytes(folder.Join(left)));
                File.Delete(folder.Join(left));
            }
        });
    }

    /// <summary>Kills a program at a moment of its work; sometimes even before that begins.</summary>
    private static void Kill(Process process, Moments moments, Func<bool> hasBegun, Random random, Tally tally)
    {
        bool isEarly = random.Next(10) == 0;
        TimeSpan delay = isEarly ? random.NextDouble() * moments.Begin : moments.Pick(random);
        SpinWait.SpinUntil(() => isEarly || process.HasExited || hasBegun());
        Stopwatch watch = Stopwatch.StartNew();
        SpinWait.SpinUntil(() => watch.Elapsed >= delay);
        process.Kill();
        ProcessEnd.AssertEnds(process);
        Assert.Contains(process.ExitCode, (int[])[0, KilledExitCode]);
        moments.Learn(process.ExitCode == 0);
        tally.Count(process.ExitCode == 0 ? "ended before the kill" : "killed");
    }

    private static bool HasBegun(FaultStore store) => File.Exists(store.Join("nix/var/nix/db/big-lock"));

    /// <summary>Measures when an import begins to work on the store, and when it ends.</summary>
    private static Moments MeasureImport(int version, InputKind kind)
    {
        using FaultStore store = new();
        Stopwatch watch = Stopwatch.StartNew();
        using Process process = store.StartImport(version, kind);
        RunningThread feeding = ProcessEnd.Feed(process, kind == InputKind.Pipe ? FaultClosure.Read(version) : []);
        SpinWait.SpinUntil(() => process.HasExited || HasBegun(store));
        TimeSpan begin = watch.Elapsed;
        ProcessEnd.AssertEnds(process);
        feeding.Join();
        Assert.Equal(0, process.ExitCode);
        return new Moments(begin, watch.Elapsed);
    }
}
