using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>What stands under <c>process</c>.</summary>
/// <param name="Name">The routine, at the dots.</param>
/// <param name="Arguments">What stands in brackets; null without brackets.</param>
/// <param name="Span">Its place.</param>
public sealed record ProcessSyntax(IReadOnlyList<string> Name, IReadOnlyList<Expression>? Arguments, SourceSpan Span);
