using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary>A unary operation.</summary>
public sealed record UnaryExpression(UnaryOperator Operator, Expression Operand, SourceSpan Span) : Expression(Span);
