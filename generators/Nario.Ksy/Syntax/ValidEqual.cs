using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>Equal to a value.</summary>
public sealed record ValidEqual(Expression Value, SourceSpan Span) : ValidationSyntax(Span);
