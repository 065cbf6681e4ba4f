using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Syntax;

/// <summary>A parameter of a type; <paramref name="Type"/> null means bytes.</summary>
public sealed record ParameterSyntax(
    Identifier Id,
    TypeReferenceSyntax? Type,
    Identifier? Enum,
    string? Doc,
    SourceSpan Span)
{
    /// <summary>Keys that begin with <c>-</c>.</summary>
    public IReadOnlyList<AnnotationSyntax> Annotations { get; init; } = [];
}
