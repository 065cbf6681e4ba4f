using System.Numerics;
using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Syntax;

/// <summary>One value of an enumeration.</summary>
public sealed record EnumMemberSyntax(BigInteger Value, string Label, string? Doc, SourceSpan Span)
{
    /// <summary>Keys that begin with <c>-</c>.</summary>
    public IReadOnlyList<AnnotationSyntax> Annotations { get; init; } = [];
}
