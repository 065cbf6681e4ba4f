using Nario.Codec;
using Nario.Flakes;
using Nario.Store;

namespace Nario.Cli.Messages;

/// <summary>Tells the user why the work failed.</summary>
internal static class ErrorReport
{
    /// <summary>What is said when the user or the system has ended the work.</summary>
    public const string Interrupted = "interrupted by the user";

    /// <summary>Writes one error.</summary>
    /// <param name="error">What ended the work.</param>
    /// <param name="context">Where it goes.</param>
    /// <param name="showsDetails">Whether it is told where an error that nobody has thought of came from.</param>
    /// <returns>The exit code.</returns>
    public static int Write(Exception error, ProgramContext context, bool showsDetails)
    {
        // What fails because the work was cancelled is no news.
        bool isInterrupted = context.Cancellation.IsCancellationRequested;
        string? message = isInterrupted ? Interrupted : Describe(error);
        context.Error.WriteLine(
            $"error: {message ?? $"unexpected {error.GetType().Name}: {EscapedText.FromText(error.Message)}"}");
        if (error is UsageException)
        {
            context.Error.WriteLine();
            context.Error.WriteLine("Try 'nario --help' for more information.");
        }
        else if (message is null && showsDetails)
        {
            context.Error.WriteLine(error.ToString());
        }

        return isInterrupted ? ExitCode.Interrupted : error is PinMismatchException ? ExitCode.PinMismatch : ExitCode.Failure;
    }

    /// <summary>Gets the line for an error that can happen to any user; null for one that nobody has thought
    /// of.</summary>
    private static string? Describe(Exception error) => error switch
    {
        UsageException or StoreException or NarioFormatException => error.Message,
        IOException or UnauthorizedAccessException => EscapedText.FromText(error.Message),
        OutOfMemoryException => "out of memory",

        // A library that is missing comes wrapped like this; after its first sentence it speaks to developers.
        TypeInitializationException or PlatformNotSupportedException when error.InnerException is { } inner => Describe(inner),
        DllNotFoundException => EscapedText.FromText(error.Message.Split(". ")[0]),
        _ => null,
    };
}
