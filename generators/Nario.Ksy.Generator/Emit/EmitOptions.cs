namespace Nario.Ksy.Generator.Emit;

/// <summary>What the consuming project chooses.</summary>
/// <param name="Namespace">Namespace of the generated types.</param>
/// <param name="ExceptionType">
/// Full name of the exception for bad input, with a constructor of <c>long offset, string path, string expected, string found,
/// bool isTruncated, bool isUnsupported</c>; empty: one is generated.
/// </param>
internal sealed record EmitOptions(string Namespace, string ExceptionType)
{
    /// <summary>The shape of specifications that state none, as the property <c>KsyShape</c> has it.</summary>
    public string Shape { get; init; } = "";

    /// <summary>Whether all objects of classes remember their stream, parent and root, needed or not.</summary>
    public bool KeepsNavigation { get; init; }
}
