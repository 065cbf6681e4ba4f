using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary><c>target[index]</c>.</summary>
public sealed record IndexAccess(Expression Target, Expression Index, SourceSpan Span) : Expression(Span);
