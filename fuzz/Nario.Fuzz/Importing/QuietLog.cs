using Nario.Store.Pipeline;

namespace Nario.Fuzz.Importing;

/// <summary>Takes every message, and checks that it is fit to be shown.</summary>
internal sealed class QuietLog : IMessageLog
{
    /// <inheritdoc/>
    public bool Wants(MessageLevel level) => true;

    /// <inheritdoc/>
    public void Write(MessageLevel level, string message) =>
        FindingException.Unless(!message.Any(char.IsControl), "a message holds a control character");
}
