using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Syntax;

/// <summary>A <c>type</c> that could not be read; the reason has been reported.</summary>
public sealed record InvalidTypeSyntax(SourceSpan Span) : TypeReferenceSyntax(Span);
