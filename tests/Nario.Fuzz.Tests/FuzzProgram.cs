using System.Diagnostics;

namespace Nario.Fuzz.Tests;

/// <summary>Runs the program of the fuzzers.</summary>
internal static class FuzzProgram
{
    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code, and what it wrote to standard output and standard error.</returns>
    public static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        ProcessStartInfo start = new(
            Environment.ProcessPath!, [Path.Join(AppContext.BaseDirectory, "Nario.Fuzz.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
