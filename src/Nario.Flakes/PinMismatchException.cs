using Nario.Flakes.References;

namespace Nario.Flakes;

/// <summary>Says that what was fetched is not what the reference pins.</summary>
public sealed class PinMismatchException : FlakeException
{
    private PinMismatchException(string message, string attribute, string expected, string actual)
        : base(message)
    {
        Attribute = attribute;
        Expected = expected;
        Actual = actual;
    }

    /// <summary>Gets the name of the attribute, as <c>narHash</c>.</summary>
    public string Attribute { get; }

    /// <summary>Gets what the reference says.</summary>
    public string Expected { get; }

    /// <summary>Gets what was fetched.</summary>
    public string Actual { get; }

    internal static PinMismatchException OfHash(FlakeReference reference, string expected, string actual) => new(
        $"NAR hash mismatch in input '{reference.ToPublicText()}', expected '{expected}' but got '{actual}'",
        "narHash",
        expected,
        actual);

    internal static PinMismatchException Of(FlakeReference reference, string attribute, string expected, string actual) => new(
        $"'{attribute}' attribute mismatch in input '{reference.ToPublicText()}', expected {expected}, got {actual}",
        attribute,
        expected,
        actual);
}
