using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>One case; <paramref name="Value"/> null is the default, <c>_</c>.</summary>
public sealed record SwitchCaseSyntax(Expression? Value, NamedTypeSyntax Type, SourceSpan Span);
