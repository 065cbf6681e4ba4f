using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>An element of <c>instances</c> that is computed.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Doc">Documentation.</param>
/// <param name="Value"><c>value</c>; null when it could not be read, which has been reported.</param>
/// <param name="Enum">Name of the enumeration that an integer is turned into.</param>
/// <param name="Condition"><c>if</c>.</param>
/// <param name="Annotations">Keys that begin with <c>-</c>.</param>
/// <param name="Span">The mapping's place.</param>
public sealed record ValueInstanceSyntax(
    Identifier Id,
    string? Doc,
    Expression? Value,
    Identifier? Enum,
    Expression? Condition,
    IReadOnlyList<AnnotationSyntax> Annotations,
    SourceSpan Span) : InstanceSyntax(Id);
