using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>One case; <paramref name="Value"/> null is the default, <c>_</c>.</summary>
public sealed record EndiannessCaseSyntax(Expression? Value, Endianness Order, SourceSpan Span);
