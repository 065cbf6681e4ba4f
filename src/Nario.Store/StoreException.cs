namespace Nario.Store;

/// <summary>
/// Says what a store, or text that describes one, has wrong. The base of the errors of this library.
/// </summary>
/// <remarks>
/// <see cref="Exception.Message"/> is one line, made by <see cref="EscapedText.ToLine"/>: text from outside need not be
/// escaped or cut where an error is thrown.
/// </remarks>
public class StoreException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="message">The line for the user, without <c>error: </c> and without a full stop.</param>
    public StoreException(string message)
        : base(EscapedText.ToLine(message))
    {
    }

    /// <summary>Makes an error that another one caused.</summary>
    /// <param name="message">The line for the user, without <c>error: </c> and without a full stop.</param>
    /// <param name="innerException">The cause.</param>
    public StoreException(string message, Exception innerException)
        : base(EscapedText.ToLine(message), innerException)
    {
    }
}
