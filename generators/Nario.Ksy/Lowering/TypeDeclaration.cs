using Nario.Ksy.Diagnostics;
using Nario.Ksy.Model;

namespace Nario.Ksy.Lowering;

/// <summary>A type that is lowered, and the specification that declares it.</summary>
internal sealed class TypeDeclaration(UnitDeclaration unit, TypeModel model)
{
    public UnitDeclaration Unit { get; } = unit;

    public TypeModel Model { get; } = model;

    public string Name => Model.Id.Name;

    public bool IsRoot => Model.Id.IsTopLevel;

    /// <summary>Where it stands, for messages: <c>specification/type</c>.</summary>
    public string SpecPath => IsRoot ? Name : $"{Unit.Id}/{Name}";

    /// <summary>Where its name stands.</summary>
    public SourceSpan Span => Model.Span;

    /// <summary>Gets a computed instance; null when there is none.</summary>
    public ValueInstance? ValueInstance(string name) =>
        Model.Instances.OfType<ValueInstance>().FirstOrDefault(instance => instance.Name == name);
}
