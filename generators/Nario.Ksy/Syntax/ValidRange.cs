using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>Between two values, both allowed; either may be null, not both.</summary>
public sealed record ValidRange(Expression? Minimum, Expression? Maximum, SourceSpan Span) : ValidationSyntax(Span);
