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

    public bool IsRoot => Parent is null;

    public IReadOnlyDictionary<string, TypeDeclaration> Nested => _nested;

    /// <summary>Where it stands, for messages: <c>specification/type</c>.</summary>
    public string SpecPath => IsRoot ? Name : $"{Unit.Id}/{Name}";

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
