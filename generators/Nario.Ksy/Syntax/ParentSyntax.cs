using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>What stands under <c>parent</c>; <paramref name="Value"/> null is <c>false</c>, no parent.</summary>
public sealed record ParentSyntax(Expression? Value, SourceSpan Span);
