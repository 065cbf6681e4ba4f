using Nario.Ksy.Generator.Emit;
using Nario.Ksy.Model;

namespace Nario.Ksy.Generator.Classes;

/// <summary>
/// The C# names of the classes and enumerations of all specifications of a run, and of their members. A type has the
/// name of its specification and the names on the way to it, one after the other, so that no member of a class can be
/// called as a type inside it. What is taken already gets a number.
/// </summary>
internal sealed class ClassNames
{
    /// <summary>Begins the names of all that the generated code shares; no name of a specification begins so.</summary>
    private const string Reserved = "Ksy";

    /// <summary>Begins a name instead, or stands before it.</summary>
    private const string Substitute = "Value";

    /// <summary>Reads an object that is made for debugging.</summary>
    private const string ReadMethod = "Read";

    private static readonly string[] Members =
    [
        "Equals", "Finalize", "FromBytes", "FromInput", "FromStream", "GetHashCode", "GetType", "MemberwiseClone",
        "ReferenceEquals", "ToString",
    ];

    private readonly Dictionary<TypeId, string> _types = [];
    private readonly Dictionary<EnumId, string> _enums = [];
    private readonly Dictionary<(TypeId Owner, string Name), string> _members = [];
    private readonly Dictionary<(EnumId Enum, string Label), string> _labels = [];
    private readonly Dictionary<TypeId, HashSet<string>> _memberNames = [];
    private readonly string _namespace;

    /// <summary>Names all that some specifications declare.</summary>
    /// <param name="units">The specifications.</param>
    /// <param name="taken">Names of types that other backends write.</param>
    /// <param name="rootNamespace">Namespace of the generated types.</param>
    public ClassNames(IEnumerable<SpecUnit> units, IEnumerable<string> taken, string rootNamespace)
    {
        _namespace = rootNamespace;
        NameScope types = new([.. RuntimeEmitter.UsedTypes, .. taken], StringComparer.OrdinalIgnoreCase);
        SpecUnit[] all = [.. units];

        // The specifications' own names are fixed first: they do not depend on what the others hold.
        foreach (SpecUnit unit in all)
        {
            _types.Add(unit.Root.Id, types.Claim(Free(Names.Pascal(unit.Id))));
        }

        foreach (TypeModel type in all.SelectMany(unit => unit.Root.SelfAndNested))
        {
            if (!type.Id.IsTopLevel)
            {
                _types.Add(type.Id, types.Claim(Free(Names.Pascal(type.Id.Path.Prepend(type.Id.Spec)))));
            }
        }

        foreach (EnumModel item in all.SelectMany(unit => unit.Root.SelfAndNested).SelectMany(type => type.Enums))
        {
            TypeId owner = item.Id.Owner;
            _enums.Add(
                item.Id, types.Claim(Free(Names.Pascal(owner.Path.Prepend(owner.Spec).Append(item.Id.Name)))));
            NameScope labels = new([]);
            foreach (EnumMember member in item.Members)
            {
                _labels.Add((item.Id, member.Label), labels.Claim(Names.Pascal(member.Label)));
            }
        }

        foreach (SpecUnit unit in all)
        {
            foreach (TypeModel type in unit.Root.SelfAndNested)
            {
                NameMembers(type, unit.IsDebug ? [.. Members, ReadMethod] : Members);
            }
        }
    }

    public string Type(TypeId id) => _types[id];

    public string Enum(EnumId id) => _enums[id];

    public string Label(EnumId id, string label) => _labels[(id, label)];

    public string Member(TypeId owner, string name) => _members[(owner, name)];

    /// <summary>Gets the field that holds a member's value.</summary>
    public string Storage(TypeId owner, string name)
    {
        string property = Member(owner, name);
        return $"_{char.ToLowerInvariant(property[0])}{property.Substring(1)}";
    }

    /// <summary>Gets a label for code in a type: qualified where a member of the type hides the enumeration.</summary>
    public string LabelIn(TypeId type, EnumId id, string label)
    {
        string name = Enum(id);
        string qualified = _memberNames[type].Contains(name) ? $"global::{_namespace}.{name}" : name;
        return $"{qualified}.{Label(id, label)}";
    }

    /// <summary>Gets the name of a type that the user's program has.</summary>
    public static string Foreign(IEnumerable<string> name) => string.Join(".", name.Select(Names.Pascal));

    private static string Free(string name) =>
        name.StartsWith(Reserved, StringComparison.Ordinal) ? Substitute + name : name;

    private void NameMembers(TypeModel type, string[] taken)
    {
        NameScope scope = new([.. taken, Type(type.Id)]);
        HashSet<string> own = [];
        foreach (string name in type.Parameters.Select(item => item.Name)
            .Concat(type.Fields.Where(field => field.IsNamed).Select(field => field.Name))
            .Concat(type.Instances.Select(instance => instance.Name)))
        {
            string claimed = scope.Claim(Free(Names.Pascal(name)));
            _members.Add((type.Id, name), claimed);
            own.Add(claimed);
        }

        _memberNames.Add(type.Id, own);
    }
}
