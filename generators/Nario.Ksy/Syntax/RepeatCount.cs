using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>So many times.</summary>
public sealed record RepeatCount(Expression Count, SourceSpan Span) : RepeatSyntax(Span);
