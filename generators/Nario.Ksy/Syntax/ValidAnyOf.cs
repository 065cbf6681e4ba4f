using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>One of some values.</summary>
public sealed record ValidAnyOf(IReadOnlyList<Expression> Values, SourceSpan Span) : ValidationSyntax(Span);
