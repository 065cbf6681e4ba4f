using System.Diagnostics;

namespace Nario.Cli.Tests.Support;

/// <summary>Runs the program as it was built, by lines for the shell.</summary>
internal static class Executable
{
    /// <summary>GNU time, which tells how much memory a program takes.</summary>
    internal const string Time = "/usr/bin/time";

    private const string Shell = "/bin/sh";

    /// <summary>Gets the words for the shell that start the program.</summary>
    internal static string Words { get; } =
        string.Join(' ', NarioProgram.CommandLine.Select(static word => $"'{word}'"));

    /// <summary>Starts a line in which <c>nario</c> is the program, and <c>start_nario</c> the program in place of the
    /// shell, with signals that do what they do by default: whoever runs the tests may ignore some.</summary>
    /// <param name="line">The line.</param>
    /// <param name="arguments">What <c>$1</c> and so on stand for.</param>
    internal static Process Start(string line, params string[] arguments) => NixProgram.Start(
        Shell,
        [
            "-c",
            $"nario() {{ {Words} \"$@\"; }}; start_nario() {{ exec env --default-signal {Words} \"$@\"; }}; {line}",
            "sh",
            .. arguments,
        ]);

    /// <summary>Runs a line in which <c>nario</c> is the program.</summary>
    /// <param name="line">The line.</param>
    /// <param name="arguments">What <c>$1</c> and so on stand for.</param>
    internal static RunResult Run(string line, params string[] arguments)
    {
        using Process process = Start(line, arguments);
        ProgramResult result = ProgramResult.Await(process, null);
        return new RunResult(result.ExitCode, result.Output, result.Errors);
    }
}
