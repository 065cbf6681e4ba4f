using Nario.Cli.Tests.Support;

namespace Nario.Cli.Tests;

/// <summary>Holds the program to the words of <c>nix nario</c> on wrong command lines, with our name.</summary>
public sealed class UsageTests
{
    private const string Hint = "\n\nTry 'nario --help' for more information.\n";

    [Theory]
    [InlineData("no subcommand specified")]
    [InlineData("'frob' is not a recognised command", "frob")]
    [InlineData("'frob' is not a recognised command", "frob", "--format", "1")]
    [InlineData("unrecognised flag '--x'", "--x")]
    [InlineData("unrecognised flag '--x'", "list", "--x")]
    [InlineData("unrecognised flag '--x'", "--x", "list")]
    [InlineData("unrecognised flag '--x'", "export", "--format", "1", "path", "--x")]
    [InlineData("unrecognised flag '-q'", "list", "-lq")]
    [InlineData("unrecognised flag '--json=true'", "list", "--json=true")]
    [InlineData("unrecognised flag '--quiet:x'", "list", "--quiet:x")]
    [InlineData("unrecognised flag '--no-check-sigs'", "list", "--no-check-sigs")]
    [InlineData("unexpected argument 'two'", "list", "one", "two")]
    [InlineData("unexpected argument 'two'", "import", "one", "two")]
    [InlineData("required argument '--format' is missing", "export", "path")]
    [InlineData("flag '--format' requires 1 argument(s), but only 0 were given", "export", "--format")]
    [InlineData("flag '-o' requires 1 argument(s), but only 0 were given", "export", "--format", "1", "-o")]
    [InlineData("flag '--store' requires 1 argument(s), but only 0 were given", "import", "--store")]
    [InlineData("invalid unit specifier 'C'", "export", "--format", "abc", "path")]
    [InlineData("'' is not an integer", "export", "--format", "", "path")]
    [InlineData("'1.5' is not an integer", "export", "--format", "1.5", "path")]
    [InlineData("'99999999999999999999' is not an integer", "export", "--format", "99999999999999999999", "path")]
    [InlineData("'--all' does not expect arguments", "export", "--format", "1", "--all", "path")]
    [InlineData("no paths are given: name them, or export all with '--all'", "export", "--format", "1")]
    [InlineData("unexpected argument 'two\\x1b[2J'", "list", "one", "two\u001b[2J")]
    public void Says_what_is_wrong(string message, params string[] arguments)
    {
        RunResult result = new InProcess().Run(arguments);

        Assert.Equal($"error: {message}{Hint}", result.Errors);
        Assert.Equal(ExitCodes.Failure, result.ExitCode);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("3", "3")]
    [InlineData("0", "0")]
    [InlineData("2K", "2048")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    public void Says_which_version_is_unknown(string text, string number)
    {
        RunResult result = new InProcess().Run("export", "--format", text, "path");

        Assert.Equal($"unsupported nario version {number}", result.AssertError());
    }

    [Fact]
    public void Of_flags_given_twice_the_last_counts() =>
        Assert.Equal(
            "unsupported nario version 4",
            new InProcess().Run("export", "--format", "3", "--format", "4", "path").AssertError());

    [Fact]
    public void After_two_dashes_there_are_no_flags() =>
        Assert.Equal(
            "cannot open '--x': No such file or directory", new InProcess().Run("list", "--", "--x").AssertError());

    [Theory]
    [InlineData("@file")]
    [InlineData("[diagram]")]
    [InlineData("/h")]
    public void Takes_odd_names_as_files(string name) =>
        Assert.Equal(
            $"cannot open '{name}': No such file or directory", new InProcess().Run("list", name).AssertError());

    [Fact]
    public void Refuses_terminals()
    {
        InProcess console = new() { IsInputTerminal = true, IsOutputTerminal = true, IsErrorTerminal = true };

        const string Read = $"error: refusing to read nario from a terminal{Hint}";
        const string Write = $"error: refusing to write nario to a terminal{Hint}";

        Assert.Equal(Read, console.Run("list").Errors);
        Assert.Equal(Read, console.Run("list", "-").Errors);
        Assert.Equal(Read, console.Run("import", "--store", "/nowhere/store").Errors);
        Assert.Equal(Write, console.Run("export", "--format", "2", "path").Errors);
    }

    [Theory]
    [InlineData("nario export", "--help")]
    [InlineData("nario export", "export", "--help")]
    [InlineData("nario import", "import", "-h")]
    [InlineData("nario list", "list", "--help", "--x")]
    public void Helps_with_examples(string example, params string[] arguments)
    {
        string help = new InProcess { IsInputTerminal = true, IsOutputTerminal = true }.Run(arguments).Text;

        Assert.Contains("\nUsage:\n", help, StringComparison.Ordinal);
        Assert.Contains($"\nExamples:\n  {example}", help, StringComparison.Ordinal);
        Assert.All(help.Split('\n'), static line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void Tells_its_version()
    {
        RunResult result = new InProcess().Run("--version");

        Assert.Matches("^nario [0-9]+[.][0-9]+[.][0-9]+\n$", result.Text);
        result.AssertSuccess();
        RunResult logged = new InProcess().Run("list", "-vv", TestFiles.Golden("02-file-flat.v1.nario"));
        Assert.Equal(result.Text, logged.Errors);
        Assert.Equal(logged, logged with { ExitCode = ExitCodes.Success });
    }
}
