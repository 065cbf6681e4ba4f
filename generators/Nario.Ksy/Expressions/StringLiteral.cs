using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary>A string, escapes resolved.</summary>
public sealed record StringLiteral(string Value, SourceSpan Span) : Expression(Span);
