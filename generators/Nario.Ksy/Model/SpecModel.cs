namespace Nario.Ksy.Model;

/// <summary>
/// A specification and all that it imports, directly or not: immutable, compared by value, every name resolved, every
/// expression typed. Types refer to each other by <see cref="TypeId"/>, since they can contain each other.
/// </summary>
public sealed class SpecModel : IEquatable<SpecModel>
{
    private readonly Dictionary<string, SpecUnit> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<TypeId, TypeModel> _types = [];
    private readonly Dictionary<EnumId, EnumModel> _enums = [];

    /// <summary>Takes the units, the specification itself first.</summary>
    public SpecModel(ValueList<SpecUnit> units)
    {
        Units = units;
        foreach (SpecUnit unit in units)
        {
            _units.Add(unit.Id, unit);
            foreach (TypeModel type in unit.Root.SelfAndNested)
            {
                _types.Add(type.Id, type);
                foreach (EnumModel item in type.Enums)
                {
                    _enums.Add(item.Id, item);
                }
            }
        }
    }

    /// <summary>The specification itself.</summary>
    public SpecUnit Main => Units[0];

    /// <summary>The specification itself, and then what it imports, in the order of the imports, each once.</summary>
    public ValueList<SpecUnit> Units { get; }

    /// <summary>Gets the specification that declares a type.</summary>
    public SpecUnit UnitOf(TypeId id) => _units[id.Spec];

    /// <summary>Gets a type.</summary>
    public TypeModel Type(TypeId id) => _types[id];

    /// <summary>Gets an enumeration.</summary>
    public EnumModel Enum(EnumId id) => _enums[id];

    /// <inheritdoc/>
    public bool Equals(SpecModel? other) => other is not null && Units == other.Units;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SpecModel);

    /// <inheritdoc/>
    public override int GetHashCode() => Units.GetHashCode();
}
