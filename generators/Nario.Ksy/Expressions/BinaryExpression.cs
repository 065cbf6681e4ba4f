using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary>A binary operation.</summary>
public sealed record BinaryExpression(BinaryOperator Operator, Expression Left, Expression Right, SourceSpan Span)
    : Expression(Span);
