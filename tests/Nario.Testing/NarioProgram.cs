using System.Diagnostics;
using System.Runtime.Versioning;

namespace Nario.Testing;

/// <summary>Runs the program <c>nario</c> in a process of its own, without what the environment says of Nix.</summary>
[SupportedOSPlatform("linux")]
internal static class NarioProgram
{
    private const string Shell = "/bin/sh";

    /// <summary>Names a native program to run in place of the one that was built with the tests.</summary>
    private const string ExecutableVariable = "NARIO_EXECUTABLE";

    private static readonly string? NativeProgram =
        Environment.GetEnvironmentVariable(ExecutableVariable) is { Length: > 0 } executable ? executable : null;

    /// <summary>Gets whether a native program takes the place of the one that was built with the tests.</summary>
    internal static bool IsNative => NativeProgram is not null;

    /// <summary>Gets the words that start the program.</summary>
    internal static IReadOnlyList<string> CommandLine { get; } = FindProgram();

    /// <summary>Starts the program with a pipe as its standard input.</summary>
    internal static Process Start(params IEnumerable<string> arguments) =>
        NixProgram.Start(CommandLine[0], [.. CommandLine.Skip(1), .. arguments]);

    /// <summary>Starts the program with a file as its standard input.</summary>
    internal static Process StartOn(string file, params IEnumerable<string> arguments) =>
        StartLine("exec \"$@\" < \"$0\"", file, arguments);

    /// <summary>Starts a line for the shell in which <c>"$@"</c> is the program with its arguments.</summary>
    /// <param name="line">The line.</param>
    /// <param name="first">What <c>$0</c> is.</param>
    /// <param name="arguments">The arguments of the program.</param>
    internal static Process StartLine(string line, string first, params IEnumerable<string> arguments) =>
        NixProgram.Start(Shell, ["-c", line, first, .. CommandLine, .. arguments]);

    /// <summary>Finds the program where every user can run it.</summary>
    private static string[] FindProgram()
    {
        if (NativeProgram is not null)
        {
            string folder = PublicCopy.Of(Path.GetDirectoryName(Path.GetFullPath(NativeProgram))!);
            return [Path.Join(folder, Path.GetFileName(NativeProgram))];
        }

        // What runs these tests runs the program too.
        string host = Environment.ProcessPath!;
        string dotnet = PublicCopy.Of(Path.GetDirectoryName(host)!, Path.GetFileName(host), "host", "shared/Microsoft.NETCore.App");
        return
        [
            Path.Join(dotnet, Path.GetFileName(host)),
            Path.Join(PublicCopy.Of(AppContext.BaseDirectory), "nario.dll"),
        ];
    }

    /// <summary>Runs the program.</summary>
    /// <param name="input">Its standard input.</param>
    /// <param name="kind">Whether that is a file or a pipe.</param>
    /// <param name="arguments">Its arguments.</param>
    internal static ProgramResult Run(byte[] input, InputKind kind, params IEnumerable<string> arguments)
    {
        if (kind == InputKind.Pipe)
        {
            using Process piped = Start(arguments);
            return ProgramResult.Await(piped, input);
        }

        using TemporaryFolder folder = new();
        string file = folder.Join("input");
        File.WriteAllBytes(file, input);
        using Process process = StartOn(file, arguments);
        return ProgramResult.Await(process, null);
    }
}
