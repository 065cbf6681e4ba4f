using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Syntax;

/// <summary>A rule under <c>valid</c>.</summary>
public abstract record ValidationSyntax(SourceSpan Span);
