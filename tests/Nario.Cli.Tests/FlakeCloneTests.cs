using System.Diagnostics;
using System.Globalization;
using Nario.Cli.Messages;
using Nario.Cli.Tests.Support;

namespace Nario.Cli.Tests;

/// <summary>The command <c>flake clone</c>: what it writes where, and its exit codes.</summary>
public sealed class FlakeCloneTests : IDisposable
{
    private const string Hash = "sha256-wzlAGjxKxpaWdqVhlq55q5Gxo4Bf860+kLeEa/v02As=";

    private const string WrongHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private readonly TemporaryFolder _folder = new();

    public FlakeCloneTests()
    {
        Directory.CreateDirectory(_folder.Join("tree"));
        File.WriteAllText(_folder.Join("tree", "x"), "foo\n");
    }

    private string Tree => $"path:{string.Join('/', _folder.Join("tree").Split('/').Select(Uri.EscapeDataString))}";

    private string Destination => _folder.Join("dest");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Clones_without_a_word()
    {
        Assert.Empty(Run(Tree, "--dest", Destination).AssertSuccess());
        Assert.Equal("foo\n", File.ReadAllText(Path.Join(Destination, "x")));
    }

    [Fact]
    public void Prints_the_hash()
    {
        RunResult result = Run(Tree, "-f", Destination, "--print-hash");

        result.AssertSuccess();
        Assert.Equal($"{Hash}\n", result.Text);
    }

    [Fact]
    public void A_wrong_hash_has_an_exit_code_of_its_own()
    {
        RunResult result = Run($"{Tree}?narHash={WrongHash}", "-f", Destination);

        Assert.Equal(102, result.ExitCode);
        Assert.Equal(
            $"error: NAR hash mismatch in input '{Tree}?narHash={WrongHash[..^1]}%3D', expected '{WrongHash}' but got '{Hash}'\n",
            result.Errors);
        Assert.False(Path.Exists(Destination));
    }

    [Fact]
    public void What_is_wrong_is_one_line()
    {
        Assert.Equal(
            $"unexpected fragment 'foo' in flake reference '{Tree}#foo'", Run($"{Tree}#foo", "-f", Destination).AssertError());
        Assert.Equal("input 'ssh://***@h/x' is unsupported", Run("ssh://u:secret@h/x", "-f", Destination).AssertError());
        Run(Tree, "-f", Destination).AssertSuccess();
        Assert.Equal($"cannot clone into existing path \"{Destination}\"", Run(Tree, "-f", Destination).AssertError());
    }

    [Theory]
    [InlineData("missing flag '--dest'", "path:/x")]
    [InlineData("missing flag '--dest'", "path:/x", "--dest", "")]
    [InlineData("unrecognised flag '--refresh'", "path:/x", "--dest", "d", "--refresh")]
    [InlineData("unexpected argument 'y'", "path:/x", "y", "--dest", "d")]
    public void Wrong_command_lines(string message, params string[] arguments) =>
        Assert.StartsWith($"error: {message}", Run(arguments).Errors, StringComparison.Ordinal);

    [Fact]
    public void A_registry_of_the_command_line()
    {
        Run("--override-flake", "name", Tree, "name", "-f", Destination).AssertSuccess();

        Assert.Equal(
            "'flake:other' is an indirect flake reference, but registry lookups are not allowed",
            Run("other", "--no-registries", "-f", _folder.Join("other")).AssertError());
        Assert.Equal(
            "cannot find flake 'flake:other' in the flake registries",
            Run("other", "--flake-registry", "", "-f", _folder.Join("other")).AssertError());
        Assert.EndsWith("in offline mode", Run("other", "--offline", "-f", _folder.Join("other")).AssertError(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_download_shows_how_far_it_is()
    {
        using StringWriter terminal = new();
        using Progress progress = new(terminal, isShown: true);
        progress.Expect(3 << 20);
        while (terminal.GetStringBuilder().Length == 0)
        {
            progress.CountBytes(1);
        }

        Assert.Matches("^[0-9]+\\.[0-9] of 3\\.0 MiB, [0-9]+\\.[0-9] MiB/s$", terminal.ToString());
        progress.Erase();
        Assert.EndsWith("\r\e[K", terminal.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The program is ended while it reads from a pipe.</summary>
    [Theory]
    [InlineData("KILL", 137, 1)]
    [InlineData("TERM", 130, 0)]
    [InlineData("INT", 130, 0)]
    public void A_clone_that_is_ended_leaves_nothing_of_the_name(string signal, int exitCode, int leftOvers)
    {
        string pipe = _folder.Join("pipe");
        RunTool("mkfifo", pipe);
        using Process program = NarioProgram.Start("flake", "clone", $"file+file://{pipe}", "-f", Destination, "--offline");
        using (FileStream writer = new(pipe, FileMode.Open, FileAccess.Write))
        {
            writer.Write("begin"u8);
            writer.Flush();
            RunTool("kill", $"-{signal}", program.Id.ToString(CultureInfo.InvariantCulture));
            program.WaitForExit();
        }

        Assert.Equal(exitCode, program.ExitCode);
        Assert.False(Path.Exists(Destination));
        Assert.Equal(leftOvers, CountLeftOvers());

        Run(Tree, "-f", Destination).AssertSuccess();
        Assert.Equal(0, CountLeftOvers());
    }

    [Theory]
    [InlineData("--quiet:x")]
    [InlineData("--print-hash=x")]
    public void Flags_of_all_levels_take_no_value(string flag) => Assert.StartsWith(
        $"error: unrecognised flag '{flag}'", Run(Tree, "-f", Destination, flag).Errors, StringComparison.Ordinal);

    private static void RunTool(string tool, params string[] arguments)
    {
        using Process process = Process.Start(tool, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private int CountLeftOvers() => Directory.EnumerateFileSystemEntries(_folder.Path, ".nario-clone-*").Count();

    private static RunResult Run(params string[] arguments) => new InProcess().Run(["flake", "clone", .. arguments]);
}
