using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>A byte order that depends on a value.</summary>
public sealed record SwitchedEndiannessSyntax(
    Expression On,
    IReadOnlyList<EndiannessCaseSyntax> Cases,
    SourceSpan Span);
