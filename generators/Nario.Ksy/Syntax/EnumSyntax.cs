using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Syntax;

/// <summary>An enumeration.</summary>
public sealed record EnumSyntax(Identifier Name, string? Doc, IReadOnlyList<EnumMemberSyntax> Members, SourceSpan Span);
