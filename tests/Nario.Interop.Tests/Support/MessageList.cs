using Nario.Store.Pipeline;

namespace Nario.Interop.Tests.Support;

/// <summary>Keeps the warnings of an engine.</summary>
internal sealed class MessageList : IMessageLog
{
    private readonly List<string> _messages = [];

    internal IReadOnlyList<string> Messages => _messages;

    public bool Wants(MessageLevel level) => level == MessageLevel.Warning;

    public void Write(MessageLevel level, string message) => _messages.Add(message);
}
