using System.Diagnostics;
using Nario.Store.Tests.Local;

namespace Nario.Interop.Tests.Support;

/// <summary>Runs the program <c>nario</c> in a process of its own, without what the environment says of Nix.</summary>
internal static class NarioProgram
{
    private static readonly string[] CommandLine =
    [
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        Path.Join(AppContext.BaseDirectory, "nario.dll"),
    ];

    /// <summary>Starts the program with a pipe as its standard input.</summary>
    internal static Process Start(params IEnumerable<string> arguments) =>
        NixProgram.Start(CommandLine[0], [CommandLine[1], .. arguments]);

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
        using Process process = NixProgram.Start(
            "/bin/sh", ["-c", "exec \"$@\" < \"$0\"", file, .. CommandLine, .. arguments]);
        return ProgramResult.Await(process, null);
    }
}
