using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Syntax;

/// <summary>An enumeration.</summary>
public sealed record EnumSyntax(Identifier Name, string? Doc, IReadOnlyList<EnumMemberSyntax> Members, SourceSpan Span)
{
    /// <summary>The integer type that it is made of (<c>type</c>), or null.</summary>
    public Identifier? Type { get; init; }
}
