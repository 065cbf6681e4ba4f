using Nario.Ksy.Diagnostics;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Lowering;

/// <summary>A declared type and where it was declared.</summary>
internal sealed class TypeDeclaration(SpecUnit unit, TypeDeclaration? parent, TypeSyntax syntax, string name)
{
    private readonly Dictionary<string, TypeDeclaration> _nested = [];

    public SpecUnit Unit { get; } = unit;

    public TypeDeclaration? Parent { get; } = parent;

    public TypeSyntax Syntax { get; } = syntax;

    public string Name { get; } = name;

    /// <summary>The fields in order; one without a name has one that no specification can give.</summary>
    public IReadOnlyList<AttributeSyntax> Fields { get; } =
    [
        .. syntax.Sequence.Select(
            (field, index) =>
                field.Id is not null ? field : field with { Id = new Identifier($"_unnamed{index}", field.Span) }),
    ];

    public bool IsRoot => Parent is null;

    public IReadOnlyDictionary<string, TypeDeclaration> Nested => _nested;

    /// <summary>Where it stands, for messages: <c>specification/type</c>.</summary>
    public string SpecPath => IsRoot ? Name : $"{Unit.Id}/{Name}";

    /// <summary>Where its name stands.</summary>
    public SourceSpan Span => (IsRoot ? Unit.Syntax.Meta.Id : Syntax.Name)!.Span;

    public void Declare()
    {
        foreach (TypeSyntax type in Syntax.Types)
        {
            TypeDeclaration nested = new(Unit, this, type, type.Name!.Text);
            _nested[nested.Name] = nested;
            nested.Declare();
        }
    }
}
