using Nario.Cli.Tests.Support;

namespace Nario.Cli.Tests;

/// <summary>Holds the program to the words of <c>nix nario</c> on wrong command lines, with our name.</summary>
public sealed class UsageTests
{
    private const string OneName = "'--name' names one file or folder, so one PATH must be given";

    [Theory]
    [InlineData("no subcommand specified; known: export, import, list, flake")]
    [InlineData("'frob' is not a recognised command", "frob")]
    [InlineData("'frob' is not a recognised command", "frob", "--format", "1")]
    [InlineData("'exprot' is not a recognised command; did you mean 'export'?", "exprot", "--format", "1")]
    [InlineData("'ls' is not a recognised command; did you mean 'list'?", "ls")]
    [InlineData("'Import' is not a recognised command; did you mean 'import'?", "Import")]
    [InlineData("unrecognised flag '--x'", "--x")]
    [InlineData("unrecognised flag '--verison'; did you mean '--version'?", "--verison")]
    public void Says_what_is_wrong_before_there_is_a_command(string message, params string[] arguments) =>
        Check(message, "nario", arguments);

    [Theory]
    [InlineData("no subcommand specified; known: clone", "flake")]
    [InlineData("'clnoe' is not a recognised command; did you mean 'clone'?", "flake", "clnoe")]
    [InlineData("unrecognised flag '--x'", "list", "--x")]
    [InlineData("unrecognised flag '--x'", "--x", "list")]
    [InlineData("unrecognised flag '--x'", "export", "--format", "1", "path", "--x")]
    [InlineData("unrecognised flag '-q'", "list", "-Rq")]
    [InlineData("unrecognised flag '--json=true'", "list", "--json=true")]
    [InlineData("unrecognised flag '--quiet:x'; did you mean '--quiet'?", "list", "--quiet:x")]
    [InlineData("unrecognised flag '--no-check-sigs'", "list", "--no-check-sigs")]
    [InlineData("unrecognised flag '--fromat'; did you mean '--format'?", "export", "--fromat", "2", "path")]
    [InlineData("unrecognised flag '--recursiv'; did you mean '--recursive'?", "export", "--recursiv", "path")]
    [InlineData("unrecognised flag '--queit'; did you mean '--quiet'?", "list", "--queit")]
    [InlineData("unexpected argument 'two'", "import", "one", "two")]
    [InlineData("unexpected argument 'two\\x1b[2J'", "import", "one", "two\u001b[2J")]
    [InlineData("required argument '--format' is missing: it is 1 or 2", "export", "path")]
    [InlineData("flag '--format' requires 1 argument(s), but only 0 were given", "export", "--format")]
    [InlineData("flag '-o' requires 1 argument(s), but only 0 were given", "export", "--format", "1", "-o")]
    [InlineData("flag '--store' requires 1 argument(s), but only 0 were given", "import", "--store")]
    [InlineData("'two' is not a version of the format: it is 1 or 2", "export", "--format", "two", "path")]
    [InlineData("'2K' is not a version of the format: it is 1 or 2", "export", "--format", "2K", "path")]
    [InlineData("'' is not a version of the format: it is 1 or 2", "export", "--format", "", "path")]
    [InlineData("'-1' is not a version of the format: it is 1 or 2", "export", "--format=-1", "path")]
    [InlineData("flag '--format' is given twice", "export", "--format", "1", "--format", "2", "path")]
    [InlineData("flag '--recursive' is given twice", "export", "--format", "1", "-r", "--recursive", "path")]
    [InlineData("flag '--store' is given twice", "import", "--store", "./a", "x", "--store", "./b")]
    [InlineData("flag '--quiet' is given twice", "list", "--quiet", "--quiet")]
    [InlineData("'--all' does not expect arguments", "export", "--format", "1", "--all", "path")]
    [InlineData("no paths are given: name them, or export all with '--all'", "export", "--format", "1")]
    [InlineData(OneName, "export", "--format", "1", "a", "b", "--name", "x")]
    [InlineData(OneName, "export", "--format", "1", "--all", "--name", "x")]
    [InlineData("'--long' needs '--recursive'", "list", "-l")]
    [InlineData("'--long' does not go with '--json', which leaves nothing out", "list", "--json", "-lR")]
    [InlineData("'--pretty' needs '--json'", "list", "--pretty")]
    [InlineData("'--no-pretty' needs '--json'", "list", "--no-pretty", "-R")]
    [InlineData("'--pretty' and '--no-pretty' contradict each other", "list", "--json", "--pretty", "--no-pretty")]
    public void Says_what_is_wrong(string message, params string[] arguments) => Check(
        message, $"nario {arguments.First(static word => word is "export" or "import" or "list" or "flake")}", arguments);

    [Theory]
    [InlineData("3", "3")]
    [InlineData("0", "0")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    public void Says_which_version_is_unknown(string text, string number)
    {
        RunResult result = new InProcess().Run("export", "--format", text, "path");

        Assert.Equal($"unsupported nario version {number}: there are 1 and 2", result.AssertError());
    }

    [Fact]
    public void A_version_with_zeros_before_it_is_that_version() =>
        Assert.Equal(
            "path 'path' does not exist",
            new InProcess().Run("export", "--format", "01", "path").AssertError().Replace(
                Path.GetFullPath("path"), "path", StringComparison.Ordinal));

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

        const string Read = "refusing to read nario from a terminal";
        const string Write = "refusing to write nario to a terminal";

        Check(Read, "nario list", console.Run("list"));
        Check(Read, "nario list", console.Run("list", "-"));
        Check(Read, "nario import", console.Run("import", "--store", "/nowhere/store"));
        Check(Write, "nario export", console.Run("export", "--format", "2", "path"));
        Check(Write, "nario export", console.Run("export", "--format", "2", "path", "-o", "-"));
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

    private static void Check(string message, string command, params string[] arguments) =>
        Check(message, command, new InProcess().Run(arguments));

    private static void Check(string message, string command, RunResult result)
    {
        Assert.Equal($"error: {message}\n\nTry '{command} --help' for more information.\n", result.Errors);
        Assert.Equal(ExitCodes.Failure, result.ExitCode);
        Assert.Empty(result.Output);
    }
}
