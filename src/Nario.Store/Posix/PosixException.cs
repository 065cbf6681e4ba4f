using System.Runtime.InteropServices;

namespace Nario.Store.Posix;

/// <summary>Says which call of the operating system failed, on what, and why.</summary>
public sealed class PosixException : StoreException
{
    /// <summary>Makes an error of an error number.</summary>
    /// <param name="action">What was tried, as in "cannot <c>open</c> …".</param>
    /// <param name="subject">The name or path it was tried on; is escaped.</param>
    /// <param name="errorNumber">The <c>errno</c>.</param>
    public PosixException(string action, string subject, int errorNumber)
        : base($"cannot {action} '{EscapedText.FromText(subject)}': {Marshal.GetPInvokeErrorMessage(errorNumber)}") =>
        ErrorNumber = errorNumber;

    /// <summary>Gets the <c>errno</c>.</summary>
    public int ErrorNumber { get; }

    internal static PosixException Create(string action, ReadOnlySpan<byte> subject, PosixError error) =>
        new(action, EscapedText.FromBytes(subject), (int)error);
}
