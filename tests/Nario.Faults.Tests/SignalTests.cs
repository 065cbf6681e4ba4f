using System.Diagnostics;
using System.Globalization;
using Nario.Faults.Tests.Support;

namespace Nario.Faults.Tests;

/// <summary>Interrupts the program with signals that mean nothing to it, and stops and continues it.</summary>
public sealed class SignalTests(ITestOutputHelper output) : IDisposable
{
    private const int DefaultRounds = 1;

    private const int LargestPiece = 9000;

    /// <summary>As many signals as a shell can send, until the program is gone.</summary>
    private const string Storm =
        "while kill -CHLD \"$0\" && kill -WINCH \"$0\" && kill -CONT \"$0\" && kill -URG \"$0\"; do :; done 2> /dev/null";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RequiresTheory(Needs.Nix)]
    [InlineData(1, InputKind.File)]
    [InlineData(1, InputKind.Pipe)]
    [InlineData(2, InputKind.File)]
    [InlineData(2, InputKind.Pipe)]
    public void Imports_in_a_storm_of_signals(int version, InputKind kind) =>
        FaultRounds.Run(output, DefaultRounds, (random, tally) =>
        {
            using FaultStore store = new();
            using Process process = store.StartImport(version, kind);
            using Process storm = StartStorm(process);
            RunningThread feeding = kind == InputKind.Pipe
                ? FeedInPieces(process, FaultClosure.Read(version), random)
                : ProcessEnd.Feed(process, []);
            ProgramResult result = ProcessEnd.AwaitFed(process);
            feeding.Join();
            ProcessEnd.AssertEnds(storm);

            Assert.Equal((0, ""), (result.ExitCode, result.Errors));
            store.AssertComplete();
            tally.Count("completed");
        });

    [RequiresTheory(Needs.Nix)]
    [InlineData(1)]
    [InlineData(2)]
    public void Exports_in_a_storm_of_signals(int version)
    {
        using FaultStore store = new();
        Assert.Equal(0, store.Import(2, InputKind.File).ExitCode);
        string file = _folder.Join("file");
        string[] words =
            [.. NarioProgram.CommandLine, "export", "--format", $"{version}", "--store", store.Root, "--all"];
        byte[] whole = store.Run(words).Output;
        FaultRounds.Run(output, DefaultRounds, (random, tally) =>
        {
            bool isFile = random.Next(2) == 0;
            using Process process = store.Start([.. words, .. isFile ? ["-o", file] : (string[])[]]);
            using Process storm = StartStorm(process);
            ProgramResult result = ProcessEnd.Await(process);
            ProcessEnd.AssertEnds(storm);

            Assert.Equal((0, ""), (result.ExitCode, result.Errors));
            Assert.Equal(whole, isFile ? File.ReadAllBytes(file) : result.Output);
            tally.Count(isFile ? "into a file" : "into a pipe");
        });
        store.AssertClean();
    }

    [RequiresTheory(Needs.Nix)]
    [InlineData(InputKind.File)]
    [InlineData(InputKind.Pipe)]
    public void Imports_while_it_is_stopped_and_continued(InputKind kind) =>
        FaultRounds.Run(output, DefaultRounds, (random, tally) =>
        {
            using FaultStore store = new();
            int version = random.Next(1, 3);
            using Process process = store.StartImport(version, kind);
            RunningThread feeding = ProcessEnd.Feed(process, kind == InputKind.Pipe ? FaultClosure.Read(version) : []);
            while (!process.HasExited)
            {
                Thread.Sleep(random.Next(30));
                Signal.Send(process, "STOP");
                Thread.Sleep(random.Next(5));
                Signal.Send(process, "CONT");
                tally.Count("stops");
            }

            feeding.Join();
            ProgramResult result = ProcessEnd.AwaitFed(process);

            Assert.Equal((0, ""), (result.ExitCode, result.Errors));
            store.AssertComplete();
        });

    private static Process StartStorm(Process process) => NixProgram.Start(
        "sh", ["-c", Storm, process.Id.ToString(CultureInfo.InvariantCulture)]);

    private static RunningThread FeedInPieces(Process process, byte[] bytes, Random random) =>
        RunningThread.Start(() =>
        {
            using Stream stream = process.StandardInput.BaseStream;
            for (int start = 0; start < bytes.Length;)
            {
                int length = Math.Min(bytes.Length - start, random.Next(1, LargestPiece));
                stream.Write(bytes, start, length);
                stream.Flush();
                start += length;
            }
        });
}
