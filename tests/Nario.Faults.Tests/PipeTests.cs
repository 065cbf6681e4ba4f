using System.Diagnostics;
using Nario.Faults.Tests.Support;

namespace Nario.Faults.Tests;

/// <summary>Ends, closes and stalls what the program reads from and writes to.</summary>
public sealed class PipeTests(ITestOutputHelper output) : IDisposable
{
    private const int DefaultRounds = 2;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RequiresTheory(Needs.Nix)]
    [Trait("Checklist", "S03")]
    [InlineData(1, InputKind.File)]
    [InlineData(1, InputKind.Pipe)]
    [InlineData(2, InputKind.File)]
    [InlineData(2, InputKind.Pipe)]
    public void Keeps_the_paths_before_the_end_of_an_input_that_ends_early(int version, InputKind kind) =>
        FaultRounds.Run(output, DefaultRounds, (random, tally) =>
        {
            byte[] nario = FaultClosure.Read(version);
            byte[] cut = nario.AsSpan(0, random.Next(nario.Length)).ToArray();
            using FaultStore store = new();
            ProgramResult result;
            if (kind == InputKind.Pipe)
            {
                result = store.ImportFrom(cut);
            }
            else
            {
                string file = _folder.Join("cut");
                File.WriteAllBytes(file, cut);
                using Process process = store.StartImport(version, InputKind.Pipe, file);
                result = ProcessEnd.Await(process);
            }

            ProcessEnd.AssertFailure(result, "[^\n]*unexpected end-of-file[^\n]*");
            store.Count(tally);

            // A program that can still act leaves nothing at all.
            Assert.Equal(store.ListRegistered().Select(static path => Path.GetFileName(path)), store.ListObjects());
            store.AssertRecovers(version, kind);
        });

    [RequiresTheory(Needs.Nix)]
    [InlineData(1)]
    [InlineData(2)]
    public void Lets_others_work_while_its_input_stalls(int version)
    {
        byte[] nario = FaultClosure.Read(version);
        FaultRounds.Run(output, DefaultRounds / 2, (random, tally) =>
        {
            using FaultStore store = new();
            using Process stalled = store.StartImport(version, InputKind.Pipe);
            Stream input = stalled.StandardInput.BaseStream;
            int length = random.Next(nario.Length);
            input.Write(nario, 0, length);
            input.Flush();
            Assert.False(stalled.WaitForExit(Moment), "the import has not waited for its input");

            ProgramResult other = store.Import(3 - version, InputKind.File);

            Assert.Equal((0, ""), (other.ExitCode, other.Errors));
            Assert.Equal(FaultClosure.Paths.Count, store.ListRegistered().Count);
            store.AssertClean();
            input.Write(nario, length, nario.Length - length);
            input.Close();
            ProgramResult result = ProcessEnd.AwaitFed(stalled);
            Assert.Equal((0, ""), (result.ExitCode, result.Errors));
            store.AssertComplete();
            tally.Count("completed both");
        });
    }

    [RequiresTheory(Needs.Nix)]
    [InlineData(1)]
    [InlineData(2)]
    public void Leaves_nothing_half_done_when_it_is_ended_while_its_input_stalls(int version)
    {
        byte[] nario = FaultClosure.Read(version);
        FaultRounds.Run(output, DefaultRounds / 2, (random, tally) =>
        {
            using FaultStore store = new();
            using Process stalled = store.StartImport(version, InputKind.Pipe);
            Stream input = stalled.StandardInput.BaseStream;
            input.Write(nario, 0, random.Next(16, nario.Length));
            input.Flush();
            Assert.False(stalled.WaitForExit(Moment), "the import has not waited for its input");
            Signal.Send(stalled, random.Next(3) switch { 0 => "INT", 1 => "TERM", _ => "HUP" });

            ProgramResult result = ProcessEnd.AwaitFed(stalled);

            Assert.Equal((130, "error: interrupted by the user\n"), (result.ExitCode, result.Errors));
            store.Count(tally);
            Assert.Equal(store.ListRegistered().Select(static path => Path.GetFileName(path)), store.ListObjects());
            store.AssertRecovers(version, InputKind.Pipe);
        });
    }

    [RequiresFact(Needs.Nix)]
    public void Fails_when_the_reader_of_an_export_goes_away()
    {
        using FaultStore store = new();
        Assert.Equal(0, store.Import(2, InputKind.File).ExitCode);
        FaultRounds.Run(output, DefaultRounds, (random, tally) =>
        {
            int version = random.Next(1, 3);
            using Process process = store.Start(
            [
                .. NarioProgram.CommandLine, "export", "--format", $"{version}", "--store", store.Root, "--all",
            ]);
            byte[] buffer = new byte[random.Next(1, FaultClosure.Read(version).Length / 2)];
            process.StandardOutput.BaseStream.ReadExactly(buffer);
            process.StandardOutput.BaseStream.Close();
            string errors = process.StandardError.ReadToEnd();
            ProcessEnd.AssertEnds(process);

            Assert.Equal((141, ""), (process.ExitCode, errors));
            tally.Count($"version {version}");
        });
        store.AssertComplete();
    }

    [RequiresTheory(Needs.Nix)]
    [InlineData("exec \"$@\" < \"$0\" <&-", "cannot open 'standard input': Bad file descriptor")]
    [InlineData("exec \"$@\" --print-paths < \"$0\" >&-", "cannot open 'standard output': Bad file descriptor")]
    [InlineData("exec \"$@\" --print-paths < \"$0\" > /dev/full", "cannot write 'standard output': No space left on device")]
    [InlineData("exec \"$@\" < \"$0\" 2>&-", null)]
    [InlineData("exec \"$@\" -v < \"$0\" 2> /dev/full", null)]
    [InlineData("exec \"$@\" -v < \"$0\" >&- 2>&-", null)]
    public void Imports_or_fails_where_something_is_closed(string line, string? message)
    {
        using FaultStore store = new();
        using (Process process = NarioProgram.StartLine(
            line, FaultClosure.File(2), "import", "--no-check-sigs", "--store", store.Root))
        {
            ProgramResult result = ProcessEnd.Await(process);

            Assert.Equal(
                message is null ? (0, "") : (1, $"error: {message}\n"), (result.ExitCode, result.Errors));
        }

        store.AssertRecovers(2, InputKind.File);
    }
}
