using System.Diagnostics;

namespace Nario.Faults.Tests.Support;

/// <summary>Waits for programs, but not for ever: one that hangs fails its test.</summary>
internal static class ProcessEnd
{
    /// <summary>How many pauses a program may take; a machine that sleeps uses up only one of them.</summary>
    private const int PauseCount = 120;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Waits for a program.</summary>
    /// <param name="process">The program; its standard streams are redirected.</param>
    /// <param name="input">What it gets as its standard input, unless it ends before.</param>
    internal static ProgramResult Await(Process process, byte[]? input = null)
    {
        RunningThread feeding = Feed(process, input ?? []);
        ProgramResult result = AwaitFed(process);
        feeding.Join();
        return result;
    }

    /// <summary>Waits for a program whose standard input somebody else writes.</summary>
    internal static ProgramResult AwaitFed(Process process)
    {
        using MemoryStream output = new();
        Task copying = process.StandardOutput.BaseStream.CopyToAsync(output);
        Task<string> reading = process.StandardError.ReadToEndAsync();
        AssertEnds(process);
        copying.GetAwaiter().GetResult();
        return new ProgramResult(process.ExitCode, output.ToArray(), reading.GetAwaiter().GetResult());
    }

    /// <summary>Writes the standard input of a program and closes it.</summary>
    /// <remarks>The program may end before.</remarks>
    internal static RunningThread Feed(Process process, byte[] input)
    {
        Stream stream = process.StandardInput.BaseStream;
        return RunningThread.Start(() =>
        {
            try
            {
                using (stream)
                {
                    stream.Write(input);
                }
            }
            catch (IOException)
            {
                // It reads no more, and its exit code tells why.
            }
        });
    }

    /// <summary>Expects a program to end in time.</summary>
    internal static void AssertEnds(Process process)
    {
        for (int pause = 0; !process.WaitForExit(Pause); pause++)
        {
            if (pause < PauseCount)
            {
                continue;
            }

            process.Kill(entireProcessTree: true);
            Assert.Fail($"the program hangs: {string.Join(' ', process.StartInfo.ArgumentList)}");
        }
    }

    /// <summary>Expects one line that tells what went wrong, and nothing else.</summary>
    internal static void AssertFailure(ProgramResult result, string pattern = "[^\n]+")
    {
        Assert.Matches($"^error: {pattern}\n$", result.Errors);

        // That is what is said of an error that nobody has thought of.
        Assert.DoesNotMatch("^error: unexpected [A-Z]", result.Errors);
        Assert.Equal((1, 0), (result.ExitCode, result.Output.Length));
    }
}
