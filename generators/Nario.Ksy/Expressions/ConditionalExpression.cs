using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary><c>condition ? whenTrue : whenFalse</c>.</summary>
public sealed record ConditionalExpression(
    Expression Condition,
    Expression WhenTrue,
    Expression WhenFalse,
    SourceSpan Span
) : Expression(Span);
