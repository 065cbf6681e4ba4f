using Nario.Ksy.Model;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Binding;

/// <summary>A declared type and the names inside it.</summary>
internal sealed class TypeSymbol
{
    private readonly Dictionary<string, TypeSymbol> _nested = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EnumSymbol> _enums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MemberSymbol> _members = new(StringComparer.Ordinal);

    public TypeSymbol(UnitSymbol unit, TypeSymbol? outer, TypeSyntax syntax)
    {
        Unit = unit;
        Outer = outer;
        Syntax = syntax;
        Id = outer is null ? new TypeId(unit.Id, default) : outer.Id.Nested(syntax.Name!.Text);
        foreach (TypeSyntax type in syntax.Types.Where(type => !_nested.ContainsKey(type.Name!.Text)))
        {
            _nested.Add(type.Name!.Text, new TypeSymbol(unit, this, type));
        }

        foreach (EnumSyntax item in syntax.Enums.Where(item => !_enums.ContainsKey(item.Name.Text)))
        {
            _enums.Add(item.Name.Text, new EnumSymbol(this, item));
        }

        Parameters = [.. syntax.Parameters.Select(parameter => new ParameterSymbol(this, parameter))];
        Fields = [.. syntax.Sequence.Select((field, index) => new FieldSymbol(this, field, index))];
        Instances = [.. syntax.Instances.Select(instance => InstanceSymbol.Create(this, instance))];

        // Of two with one name, which has been reported, the first counts.
        foreach (MemberSymbol member in Parameters.Concat<MemberSymbol>(Fields).Concat(Instances))
        {
            if (!_members.ContainsKey(member.Name))
            {
                _members.Add(member.Name, member);
            }
        }
    }

    public UnitSymbol Unit { get; }

    /// <summary>The type that declares it; null for a specification's own type.</summary>
    public TypeSymbol? Outer { get; }

    public TypeSyntax Syntax { get; }

    public TypeId Id { get; }

    public IReadOnlyList<ParameterSymbol> Parameters { get; }

    public IReadOnlyList<FieldSymbol> Fields { get; }

    public IReadOnlyList<InstanceSymbol> Instances { get; }

    public IEnumerable<TypeSymbol> Nested => _nested.Values;

    public IEnumerable<EnumSymbol> Enums => _enums.Values;

    /// <summary>It and all types inside it.</summary>
    public IEnumerable<TypeSymbol> SelfAndNested => Nested.SelectMany(static type => type.SelfAndNested).Prepend(this);

    public MetaSyntax? Meta => Outer is null ? Unit.Syntax.Meta : Syntax.Meta;

    public MemberSymbol? Member(string name) =>
        _members.TryGetValue(name, out MemberSymbol? member) ? member : null;

    /// <summary>Gets what a key of <c>meta</c> is here: in the nearest type outwards that states it.</summary>
    public MetaSyntax? MetaWith(Func<MetaSyntax, bool> states)
    {
        for (TypeSymbol? type = this; type is not null; type = type.Outer)
        {
            if (type.Meta is { } meta && states(meta))
            {
                return meta;
            }
        }

        return null;
    }

    /// <summary>Finds a type as seen from here; null when there is none.</summary>
    public TypeSymbol? FindType(IReadOnlyList<string> parts, bool isAbsolute)
    {
        TypeSymbol? found = isAbsolute ? Unit.Root.FindHere(parts[0]) : FindOutwards(parts[0]);
        found ??= Unit.FindUnit(parts[0])?.Root;
        for (int index = 1; index < parts.Count && found is not null; index++)
        {
            // The language looks for each name as it is seen from the type before it, which is outwards too.
            found = found.FindOutwards(parts[index]);
        }

        return found;
    }

    /// <summary>Finds an enumeration as seen from here; null when there is none.</summary>
    public EnumSymbol? FindEnum(IReadOnlyList<string> typePath, string name, bool isAbsolute)
    {
        if (typePath.Count > 0)
        {
            return FindType(typePath, isAbsolute)?.OwnEnum(name);
        }

        for (TypeSymbol? type = isAbsolute ? Unit.Root : this; type is not null; type = type.Outer)
        {
            if (type.OwnEnum(name) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private EnumSymbol? OwnEnum(string name) => _enums.TryGetValue(name, out EnumSymbol? found) ? found : null;

    private TypeSymbol? FindOutwards(string name)
    {
        for (TypeSymbol? type = this; type is not null; type = type.Outer)
        {
            if (type.FindHere(name) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private TypeSymbol? FindHere(string name) =>
        _nested.TryGetValue(name, out TypeSymbol? nested) ? nested : Id.Name == name ? this : null;
}
