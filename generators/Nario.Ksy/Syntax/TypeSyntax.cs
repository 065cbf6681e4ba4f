using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Syntax;

/// <summary>A user-defined type: the file's own or one under <c>types</c>.</summary>
public sealed record TypeSyntax(
    Identifier? Name,
    MetaSyntax? Meta,
    string? Doc,
    IReadOnlyList<ParameterSyntax> Parameters,
    IReadOnlyList<AttributeSyntax> Sequence,
    IReadOnlyList<InstanceSyntax> Instances,
    IReadOnlyList<TypeSyntax> Types,
    IReadOnlyList<EnumSyntax> Enums,
    IReadOnlyList<AnnotationSyntax> Annotations,
    SourceSpan Span)
{
    /// <summary><c>to-string</c>, or null.</summary>
    public Expression? Text { get; init; }
}
