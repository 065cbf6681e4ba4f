using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Model;

/// <summary>A user-defined type. Names of parameters, fields and instances are all different.</summary>
/// <param name="Id">Its name among all.</param>
/// <param name="Parameters">What it is given.</param>
/// <param name="Fields">What is read in turn.</param>
/// <param name="Instances">What is read or computed on demand.</param>
/// <param name="Types">The types that it declares.</param>
/// <param name="Enums">The enumerations that it declares.</param>
/// <param name="Parent">
/// The type of <c>_parent</c>: a <see cref="StructType"/> when only one type contains this one, else
/// <see cref="AnyStructType"/>. Only the specification itself counts: where another specification uses the type, the
/// parent is still what this says, or null.
/// </param>
/// <param name="Endianness">A byte order that is computed; null when every field states its own.</param>
/// <param name="Text">A string: what the object is as text (<c>to-string</c>), or null.</param>
/// <param name="Doc">Documentation, or null.</param>
/// <param name="Span">Where its name stands.</param>
public sealed record TypeModel(
    TypeId Id,
    ValueList<Parameter> Parameters,
    ValueList<Field> Fields,
    ValueList<Instance> Instances,
    ValueList<TypeModel> Types,
    ValueList<EnumModel> Enums,
    DataType Parent,
    ComputedEndianness? Endianness,
    BoundExpression? Text,
    string? Doc,
    SourceSpan Span)
{
    /// <summary>Annotations for backends.</summary>
    public TypeAnnotations Annotations { get; init; } = TypeAnnotations.None;

    /// <summary>This type and all that are declared inside it, outer ones first.</summary>
    public IEnumerable<TypeModel> SelfAndNested => Types.SelectMany(static type => type.SelfAndNested).Prepend(this);
}
