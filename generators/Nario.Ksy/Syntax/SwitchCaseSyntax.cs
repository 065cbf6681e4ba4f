using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>One case; <paramref name="Value"/> null is the default, <c>_</c>. The type is no switch.</summary>
public sealed record SwitchCaseSyntax(Expression? Value, TypeReferenceSyntax Type, SourceSpan Span);
