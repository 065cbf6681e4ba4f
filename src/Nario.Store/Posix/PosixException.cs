using System.Runtime.InteropServices;

namespace Nario.Store.Posix;

/// <summary>Says which call of the operating system failed, on what, and why.</summary>
public sealed class PosixException : StoreException
{
    // The kernel has none beyond.
    private const int MaxErrorNumber = 4095;

    /// <summary>Makes an error of an error number.</summary>
    /// <param name="action">What was tried, as in "cannot <c>open</c> …".</param>
    /// <param name="subject">The name or path it was tried on.</param>
    /// <param name="errorNumber">The <c>errno</c>.</param>
    public PosixException(string action, string subject, int errorNumber)
        : base($"cannot {action} '{subject}': {Marshal.GetPInvokeErrorMessage(errorNumber)}")
    {
        Subject = subject;
        ErrorNumber = errorNumber;
    }

    /// <summary>Gets the name or path that the call was made on.</summary>
    public string Subject { get; }

    /// <summary>Gets the <c>errno</c>.</summary>
    public int ErrorNumber { get; }

    /// <summary>Gets whether the other end of a pipe has gone.</summary>
    public bool IsBrokenPipe => ErrorNumber == (int)PosixError.BrokenPipe;

    /// <summary>Makes an error of one that .NET throws for a file, whose own text names neither what was tried nor the
    /// error as the system does.</summary>
    /// <param name="action">What was tried, as in "cannot <c>open</c> …".</param>
    /// <param name="subject">The name or path it was tried on.</param>
    /// <param name="error">An <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</param>
    public static PosixException Wrap(string action, string subject, Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new PosixException(action, subject, (int)(error switch
        {
            UnauthorizedAccessException => PosixError.AccessDenied,
            FileNotFoundException or DirectoryNotFoundException => PosixError.NotFound,
            PathTooLongException => PosixError.NameTooLong,

            // The others carry the number itself.
            { HResult: > 0 and <= MaxErrorNumber } => (PosixError)error.HResult,
            _ => PosixError.InputOutput,
        }));
    }

    internal static PosixException Create(string action, ReadOnlySpan<byte> subject, PosixError error) =>
        new(action, EscapedText.FromBytes(subject), (int)error);
}
