using Nario.Codec;

namespace Nario.Store.Pipeline;

/// <summary>Says what an entry of a nario has wrong beyond its framing, and in which field.</summary>
/// <param name="field">The field.</param>
/// <param name="message">What is wrong, as a line for the user that does not say where it stands.</param>
/// <param name="index">Which one of the field's items is wrong, of a list.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class NarioEntryException(
    NarioField field, string message, int index = 0, Exception? innerException = null)
    : StoreException(message, innerException!)
{
    /// <summary>Gets the field.</summary>
    public NarioField Field { get; } = field;

    /// <summary>Gets which one of the field's items is wrong, of a list.</summary>
    public int Index { get; } = index;
}
