using System.Diagnostics;
using System.Text;
using Nario.Cli.Tests.Support;
using Nario.Codec;

namespace Nario.Cli.Tests;

/// <summary>Runs the program as it was built, on real files, pipes, terminals and signals.</summary>
public sealed class ExecutableTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Lists => new()
    {
        { "07-tree.v1", "lsR.txt" },
        { "07-tree.v2", "listR.json" },
        { "09-closure.v1", "list.json" },
        { "09-closure.v2", "list.txt" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Lists))]
    public void Lists_alike_from_a_file_and_a_pipe(string nario, string form)
    {
        GoldenList list = new(nario, form);
        string options = string.Join(' ', list.CommandLine);

        Assert.Equal(list.Read(), Executable.Run($"nario {options} < \"$1\"", list.NarioPath).AssertSuccess());
        Assert.Equal(list.Read(), Executable.Run($"cat \"$1\" | nario {options}", list.NarioPath).AssertSuccess());
        Assert.Equal(list.Read(), Executable.Run($"nario {options} \"$1\" <&-", list.NarioPath).AssertSuccess());
    }

    [Fact]
    public void Lists_alike_everywhere()
    {
        GoldenList list = new("08-nonutf8.v1", "lsR.txt");

        foreach (string place in (string[])["TZ=Asia/Kathmandu", "LC_ALL=C", "LC_ALL=tr_TR.UTF-8", "COLUMNS=20"])
        {
            Assert.Equal(
                list.Read(),
                Executable.Run($"export {place}; nario list -lR < \"$1\"", list.NarioPath).AssertSuccess());
        }
    }

    [Fact]
    public void Begins_to_read_where_the_input_stands()
    {
        string nario = TestFiles.Golden("09-closure.v1.nario");
        string file = _folder.Join("file");
        File.WriteAllBytes(file, [.. new byte[5000], .. File.ReadAllBytes(nario)]);

        byte[] output = Executable.Run(
            "{ dd bs=5000 count=1 of=/dev/null 2> /dev/null; nario list --json; } < \"$1\"", file).AssertSuccess();

        Assert.Equal(File.ReadAllBytes(TestFiles.Golden("09-closure.v1.list.json")), output);
    }

    [Fact]
    public void Shares_an_output_with_other_commands()
    {
        string one = TestFiles.Golden("02-file-flat.v1");
        string two = TestFiles.Golden("03-file-nar.v1");
        string file = _folder.Join("file");

        Executable.Run(
            "{ echo before; nario list \"$1\"; nario list \"$2\"; echo after; } > \"$3\"",
            $"{one}.nario",
            $"{two}.nario",
            file).AssertSuccess();

        Assert.Equal(
            $"before\n{File.ReadAllText($"{one}.list.txt")}{File.ReadAllText($"{two}.list.txt")}after\n",
            File.ReadAllText(file));
    }

    [Theory]
    [InlineData("nario list \"$1\"")]
    [InlineData("nario list --json \"$1\"")]
    [InlineData("nario export --format 2 \"$1\"")]
    [InlineData("nario --help")]
    public void Fails_on_a_full_disk(string line) =>
        Assert.Equal(
            "cannot write 'standard output': No space left on device",
            Executable.Run($"{line} > /dev/full", TestFiles.Golden("02-file-flat.v1.nario")).AssertError());

    [Fact]
    public void Ends_in_silence_when_nobody_reads() =>
        Assert.Equal(
            (ExitCodes.BrokenPipe, "", ""),
            Flatten(Executable.Run(
                "cd \"$2\"; mkfifo closed; "
                + "{ read -r _ < closed; nario list \"$1\"; echo $? > code; } | { exec <&-; echo > closed; }; "
                + "exit \"$(cat code)\"",
                TestFiles.Golden("09-closure.v1.nario"),
                _folder.Path)));

    [Theory]
    [InlineData("nario list frob 2>&-", "")]
    [InlineData("nario list frob 2> /dev/full", "")]
    [InlineData("nario list <&-", "error: cannot open 'standard input': Bad file descriptor\n")]
    [InlineData("nario list \"$1\" >&-", "error: cannot open 'standard output': Bad file descriptor\n")]
    [InlineData("nario list /dev", "error: cannot read '/dev': Is a directory\n")]
    public void Fails_where_something_is_closed(string line, string errors)
    {
        RunResult result = Executable.Run(line, TestFiles.Golden("02-file-flat.v1.nario"));

        Assert.Equal(new RunResult(ExitCodes.Failure, [], errors) with { Output = result.Output }, result);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Tells_of_each_path_of_a_slow_pipe_when_it_has_come()
    {
        byte[] nario = File.ReadAllBytes(TestFiles.Golden("09-closure.v2.nario"));
        string[] lines = File.ReadAllLines(TestFiles.Golden("09-closure.v2.list.txt"));
        using Process process = Executable.Start("start_nario list");
        Stream input = process.StandardInput.BaseStream;

        input.Write(nario, 0, nario.Length / 2);
        input.Flush();

        Assert.Equal(lines[0], process.StandardOutput.ReadLine());
        Assert.Equal(lines[1], process.StandardOutput.ReadLine());
        input.Write(nario, nario.Length / 2, nario.Length - (nario.Length / 2));
        input.Close();
        Assert.Equal(lines[2..], process.StandardOutput.ReadToEnd().Split('\n')[..^1]);
        process.WaitForExit();
        Assert.Equal(ExitCodes.Success, process.ExitCode);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void Ends_an_import_that_waits_and_leaves_nothing_half_done(string signal)
    {
        using TemporaryStore store = new();
        byte[] nario = File.ReadAllBytes(TestFiles.Golden("09-closure.v2.nario"));
        using Process process = Executable.Start("start_nario import -v --no-check-sigs --store \"$1\"", store.Root);
        Stream input = process.StandardInput.BaseStream;

        input.Write(nario, 0, nario.Length / 2);
        input.Flush();
        Assert.StartsWith("importing path", process.StandardError.ReadLine(), StringComparison.Ordinal);
        using (Process kill = Process.Start("kill", ["-s", signal, $"{process.Id}"]))
        {
            kill.WaitForExit();
        }

        Assert.True(process.WaitForExit(Patience));
        Assert.Equal(ExitCodes.Interrupted, process.ExitCode);
        Assert.EndsWith(
            "error: interrupted by the user\n", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        int registered = store.Query("select path from ValidPaths").Count;
        Assert.Equal(registered, store.ListObjects().Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Tells_of_a_path_that_cannot_be_added_while_the_input_stalls(int version)
    {
        using TemporaryStore store = new();

        // It takes longer to restore than to read; and it cannot be a derivation, which is one file.
        byte[] nar = TestNar.Write(SampleTree.WriteMany);
        NarioPathInfo info = new()
        {
            Path = TestStorePath.Named("none.drv").BaseName,
            NarHash = TestHash.Sha256(nar).ToBase16(),
            NarSize = (ulong)nar.Length,
        };
        byte[] nario = TestNario.Write(version, (info, SampleTree.WriteMany));
        using Process process = Executable.Start("start_nario import --no-check-sigs --store \"$1\"", store.Root);
        Stream input = process.StandardInput.BaseStream;

        // Nothing says yet that the nario has ended.
        input.Write(nario, 0, nario.Length - 1);
        input.Flush();

        Assert.True(process.WaitForExit(Patience));
        Assert.Equal(ExitCodes.Failure, process.ExitCode);
        Assert.Contains("none.drv': ", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.Empty(store.ListObjects());
    }

    [TerminalFact]
    public void Refuses_a_real_terminal()
    {
        static string Refusal(string action, string command) =>
            $"error: refusing to {action} a terminal\r\n\r\nTry 'nario {command} --help' for more information.\r\n";

        Assert.Equal(Refusal("read nario from", "list"), RunOnTerminal("list"));
        Assert.Equal(Refusal("read nario from", "import"), RunOnTerminal("import"));
        Assert.Equal(Refusal("write nario to", "export"), RunOnTerminal("export --format 1 /etc/passwd"));
        Assert.Equal(Refusal("write nario to", "export"), RunOnTerminal("export --format 1 -o - /etc/passwd"));
        Assert.Equal(Refusal("write nario to", "export"), RunOnTerminal("export --format 1 -o /dev/tty /etc/passwd"));
    }

    [TerminalFact]
    public void Escapes_for_a_real_terminal()
    {
        string nario = TestFiles.Golden("08-nonutf8.v1.nario");

        string shown = RunOnTerminal($"list -R '{nario}'");

        Assert.Contains("-nonutf8/latin1-\\xe9\r\n", shown, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', shown);
    }

    private static string RunOnTerminal(string arguments) =>
        Encoding.UTF8.GetString(
            Executable.Run("script -qc \"$1\" /dev/null < /dev/null", $"{Executable.Words} {arguments}").Output);

    private static (int ExitCode, string Output, string Errors) Flatten(RunResult result) =>
        (result.ExitCode, result.Text, result.Errors);
}
