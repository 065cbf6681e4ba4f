namespace Nario.Store.Pipeline;

/// <summary>Takes what engines have to say while they work.</summary>
public interface IMessageLog
{
    /// <summary>Whether messages of a level are wanted, so that none is made in vain.</summary>
    bool Wants(MessageLevel level);

    /// <summary>Takes a message: one line without a prefix.</summary>
    void Write(MessageLevel level, string message);
}
