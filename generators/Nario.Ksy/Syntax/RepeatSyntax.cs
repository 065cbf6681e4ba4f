using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Syntax;

/// <summary>How often a field occurs.</summary>
public abstract record RepeatSyntax(SourceSpan Span);
