using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary><c>target.as&lt;type&gt;</c>.</summary>
public sealed record CastExpression(Expression Target, TypeName Type, SourceSpan Span) : Expression(Span);
