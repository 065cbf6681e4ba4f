using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Syntax;

/// <summary>A member of the field's enumeration.</summary>
public sealed record ValidMember(SourceSpan Span) : ValidationSyntax(Span);
