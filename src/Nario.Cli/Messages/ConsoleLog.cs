using Nario.Store;
using Nario.Store.Pipeline;

namespace Nario.Cli.Messages;

/// <summary>Writes messages to the standard error.</summary>
internal sealed class ConsoleLog(TextWriter error, Verbosity verbosity, Progress progress) : IMessageLog
{
    /// <inheritdoc/>
    public bool Wants(MessageLevel level) => IsShown(level) || (level == MessageLevel.Information && progress.IsShown);

    /// <inheritdoc/>
    public void Write(MessageLevel level, string message)
    {
        if (level == MessageLevel.Information)
        {
            // Engines say one thing of each path.
            progress.CountPath();
        }

        if (IsShown(level))
        {
            progress.Erase();
            string line = EscapedText.ToLine(message);
            error.WriteLine(level == MessageLevel.Warning ? $"warning: {line}" : line);
        }
    }

    /// <summary>Writes what was done, where it is not in the way of data: on a terminal, unless no progress is wanted,
    /// and with <c>-v</c>.</summary>
    public void WriteSummary(string message)
    {
        if (progress.IsShown || verbosity >= Verbosity.Information)
        {
            progress.Erase();
            error.WriteLine(EscapedText.ToLine(message));
        }
    }

    private bool IsShown(MessageLevel level) => level switch
    {
        MessageLevel.Warning => true,
        MessageLevel.Information => verbosity >= Verbosity.Information,
        _ => verbosity >= Verbosity.Detail,
    };
}
