using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Syntax;

/// <summary>The <c>meta</c> of a file or a type.</summary>
/// <param name="Id">Required in a file; null in a type.</param>
/// <param name="Title">Human-readable name.</param>
/// <param name="Endian">
/// <c>le</c>, <c>be</c>, or null when absent. A switchable endianness is reported as unsupported.
/// </param>
/// <param name="Encoding">Default encoding.</param>
/// <param name="Imports">Names of imported files, as written.</param>
/// <param name="Span">The mapping's place.</param>
public sealed record MetaSyntax(
    Identifier? Id,
    string? Title,
    Endianness? Endian,
    string? Encoding,
    IReadOnlyList<Identifier> Imports,
    SourceSpan Span)
{
    /// <summary>Keys that begin with <c>-</c>.</summary>
    public IReadOnlyList<AnnotationSyntax> Annotations { get; init; } = [];
}
