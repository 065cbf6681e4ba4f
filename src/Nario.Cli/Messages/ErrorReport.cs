using Nario.Codec;
using Nario.Store;

namespace Nario.Cli.Messages;

/// <summary>Tells the user why the work failed.</summary>
internal static class ErrorReport
{
    /// <summary>Writes one error.</summary>
    /// <param name="error">What ended the work.</param>
    /// <param name="context">Where it goes.</param>
    /// <param name="showsDetails">Whether developers are told where it came from.</param>
    /// <returns>The exit code.</returns>
    public static int Write(Exception error, ProgramContext context, bool showsDetails)
    {
        // What fails because the work was cancelled is no news.
        bool isInterrupted = context.Cancellation.IsCancellationRequested;
        context.Error.WriteLine($"error: {(isInterrupted ? "interrupted by the user" : Describe(error))}");
        if (error is UsageException)
        {
            context.Error.WriteLine();
            context.Error.WriteLine("Try 'nario --help' for more information.");
        }
        else if (showsDetails && !isInterrupted)
        {
            context.Error.WriteLine(error.ToString());
        }

        return isInterrupted ? ExitCode.Interrupted : ExitCode.Failure;
    }

    private static string Describe(Exception error) => error switch
    {
        UsageException or StoreException or NarioFormatException => error.Message,
        IOException or UnauthorizedAccessException => EscapedText.FromText(error.Message),
        OutOfMemoryException => "out of memory",
        _ => $"unexpected {error.GetType().Name}: {EscapedText.FromText(error.Message)}",
    };
}
