using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary>A format string: literal text and expressions in turn.</summary>
public sealed record FormatString(IReadOnlyList<Expression> Parts, SourceSpan Span) : Expression(Span);
