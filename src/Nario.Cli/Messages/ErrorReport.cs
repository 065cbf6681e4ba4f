using Nario.Codec;
using Nario.Flakes;
using Nario.Store;
using Nario.Store.Posix;

namespace Nario.Cli.Messages;

/// <summary>Tells the user why the work failed.</summary>
internal static class ErrorReport
{
    /// <summary>What is said when the user or the system has ended the work.</summary>
    public const string Interrupted = "interrupted by the user";

    /// <summary>Writes one error.</summary>
    /// <param name="error">What ended the work.</param>
    /// <param name="context">Where it goes.</param>
    /// <param name="command">The command that the user gave, as help names it.</param>
    /// <param name="showsDetails">Whether an error that no user should see comes with where it was thrown.</param>
    /// <returns>The exit code.</returns>
    public static int Write(Exception error, ProgramContext context, string command, bool showsDetails)
    {
        // What fails because the work was cancelled is no news.
        if (context.Cancellation.IsCancellationRequested)
        {
            context.Error.WriteLine($"error: {Interrupted}");
            return ExitCode.Interrupted;
        }

        // Whatever read the output has ended, and knows why.
        if (error is PosixException { IsBrokenPipe: true, Subject: DescriptorStream.StandardOutputName })
        {
            return ExitCode.BrokenPipe;
        }

        context.Error.WriteLine($"error: {EscapedText.ToLine(Describe(error))}");
        if (error is UsageException)
        {
            context.Error.WriteLine();
            context.Error.WriteLine($"Try '{command} --help' for more information.");
        }
        else if (showsDetails && !IsExpected(error))
        {
            context.Error.WriteLine(error.ToString());
        }

        return error is PinMismatchException ? ExitCode.PinMismatch : ExitCode.Failure;
    }

    /// <summary>Gets the line of an error.</summary>
    internal static string Describe(Exception error) => error switch
    {
        UsageException or StoreException or NarioFormatException => error.Message + Advice.Of(error),
        IOException or UnauthorizedAccessException => error.Message,
        OutOfMemoryException => "out of memory",

        // A library that is missing comes wrapped like this; after its first sentence it speaks to developers.
        TypeInitializationException or PlatformNotSupportedException when error.InnerException is { } inner => Describe(inner),
        DllNotFoundException => error.Message.Split(". ")[0],
        _ => $"unexpected {error.GetType().Name}: {error.Message}",
    };

    private static bool IsExpected(Exception error) => error is
        StoreException or NarioFormatException or IOException or UnauthorizedAccessException or OutOfMemoryException;
}
