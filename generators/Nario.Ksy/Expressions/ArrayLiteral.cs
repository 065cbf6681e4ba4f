using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary><c>[a, b]</c>: bytes if all elements are integers of 0 to 255, else an array.</summary>
public sealed record ArrayLiteral(IReadOnlyList<Expression> Elements, SourceSpan Span) : Expression(Span);
