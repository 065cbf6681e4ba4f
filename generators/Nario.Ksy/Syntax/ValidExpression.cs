using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>A condition on the value (<c>_</c>).</summary>
public sealed record ValidExpression(Expression Condition, SourceSpan Span) : ValidationSyntax(Span);
