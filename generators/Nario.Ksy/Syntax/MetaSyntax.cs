using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Syntax;

/// <summary>The <c>meta</c> of a file or a type.</summary>
/// <param name="Id">Required in a file; null in a type.</param>
/// <param name="Title">Human-readable name.</param>
/// <param name="Endian">
/// <c>le</c>, <c>be</c>, or null when absent or when it depends on a value.
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
    /// <summary>Where <see cref="Encoding"/> stands.</summary>
    public Identifier? EncodingName { get; init; }

    /// <summary>A byte order that depends on a value, or null.</summary>
    public SwitchedEndiannessSyntax? SwitchedEndian { get; init; }

    /// <summary>Whether <c>endian</c> is there, even if it could not be read.</summary>
    public bool HasEndian { get; init; }

    /// <summary><c>bit-endian</c>, or null when absent.</summary>
    public Endianness? BitEndian { get; init; }

    /// <summary><c>ks-debug</c>.</summary>
    public bool IsDebug { get; init; }

    /// <summary><c>ks-opaque-types</c>.</summary>
    public bool AllowsOpaqueTypes { get; init; }

    /// <summary>Keys that begin with <c>-</c>.</summary>
    public IReadOnlyList<AnnotationSyntax> Annotations { get; init; } = [];
}
