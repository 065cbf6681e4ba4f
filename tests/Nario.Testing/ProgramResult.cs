using System.Diagnostics;

namespace Nario.Testing;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Errors">What it wrote to standard error.</param>
internal sealed record ProgramResult(int ExitCode, byte[] Output, string Errors)
{
    /// <summary>Waits for a program whose standard streams are all redirected.</summary>
    /// <param name="process">The program.</param>
    /// <param name="input">What it gets as its standard input; null: nothing. It need not take it all.</param>
    internal static ProgramResult Await(Process process, byte[]? input)
    {
        using MemoryStream output = new();
        Task copying = process.StandardOutput.BaseStream.CopyToAsync(output);
        Task<string> reading = process.StandardError.ReadToEndAsync();
        try
        {
            using Stream standardInput = process.StandardInput.BaseStream;
            standardInput.Write(input);
        }
        catch (IOException) when (process.WaitForExit(TimeSpan.FromMinutes(1)))
        {
            // It has ended without reading to the end, and its exit code tells why.
        }

        process.WaitForExit();
        copying.GetAwaiter().GetResult();
        return new ProgramResult(process.ExitCode, output.ToArray(), reading.GetAwaiter().GetResult());
    }
}
