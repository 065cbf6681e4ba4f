using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>
/// An element of <c>instances</c> that is computed (<c>value</c>). One that is parsed is reported as unsupported.
/// </summary>
public sealed record InstanceSyntax(
    Identifier Id,
    string? Doc,
    Expression Value,
    Identifier? Enum,
    Expression? Condition,
    IReadOnlyList<AnnotationSyntax> Annotations,
    SourceSpan Span);
