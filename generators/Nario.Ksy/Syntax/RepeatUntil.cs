using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>Until the condition holds of the element just read (<c>_</c>), which belongs to the list.</summary>
public sealed record RepeatUntil(Expression Condition, SourceSpan Span) : RepeatSyntax(Span);
