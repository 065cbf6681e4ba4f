namespace Nario.Ksy.Model;

/// <summary>Names a type: <c>spec::outer::inner</c>.</summary>
/// <param name="Spec">The <c>meta/id</c> of the specification that declares it.</param>
/// <param name="Path">Names from the specification's own type, which has none, to the type.</param>
public sealed record TypeId(string Spec, ValueList<string> Path)
{
    /// <summary>Whether it is the specification's own type.</summary>
    public bool IsTopLevel => Path.Count == 0;

    /// <summary>The last name.</summary>
    public string Name => IsTopLevel ? Spec : Path[Path.Count - 1];

    /// <summary>Gets a type that this one declares.</summary>
    public TypeId Nested(string name) => new(Spec, Path.Append(name).ToValueList());

    /// <inheritdoc/>
    public override string ToString() => string.Join("::", Path.Prepend(Spec));
}
