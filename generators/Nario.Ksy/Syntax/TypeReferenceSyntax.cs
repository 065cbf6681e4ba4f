using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Syntax;

/// <summary>What stands under <c>type</c>.</summary>
public abstract record TypeReferenceSyntax(SourceSpan Span);
