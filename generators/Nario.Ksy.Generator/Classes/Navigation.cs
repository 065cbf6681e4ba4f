using Nario.Ksy.Model;

namespace Nario.Ksy.Generator.Classes;

/// <summary>
/// Knows which objects must remember their stream, their parent and their root, because an expression or an instance
/// uses it; the others are smaller by it.
/// </summary>
internal sealed class Navigation
{
    private readonly HashSet<TypeId> _io = [];
    private readonly HashSet<TypeId> _parent = [];
    private readonly HashSet<TypeId> _root = [];
    private readonly HashSet<TypeId> _rootForReading = [];
    private readonly bool _isEverything;
    private bool _isEveryIo;
    private bool _isEveryParent;

    /// <summary>Looks through some specifications.</summary>
    /// <param name="units">All that objects can be of.</param>
    /// <param name="isEverything">Whether every object remembers all, for programs that navigate.</param>
    public Navigation(IEnumerable<SpecUnit> units, bool isEverything)
    {
        _isEverything = isEverything;
        TypeModel[] types = [.. units.SelectMany(unit => unit.Root.SelfAndNested)];
        Simple = new SimpleInstances(types);
        foreach (SpecUnit unit in units.Where(unit => unit.IsDebug))
        {
            _io.Add(unit.Root.Id);
        }

        foreach (TypeModel type in types)
        {
            if (type.Instances.Any(instance => !Simple.Contains(type.Id, instance) && NeedsStream(instance)))
            {
                _io.Add(type.Id);
            }

            foreach (BoundExpression expression in ModelExpressions.OfReading(type))
            {
                if (expression is RootReference { Target: ThisReference })
                {
                    _rootForReading.Add(type.Id);
                }
                else
                {
                    Note(expression);
                }
            }

            foreach (BoundExpression expression in ModelExpressions.OfInstances(type))
            {
                Note(expression);
            }
        }

        HandOnRoots(types);
    }

    /// <summary>The instances that are not kept.</summary>
    public SimpleInstances Simple { get; }

    public bool KeepsIo(TypeId type) => _isEverything || _isEveryIo || _io.Contains(type);

    public bool KeepsParent(TypeId type) => _isEverything || _isEveryParent || _parent.Contains(type);

    public bool KeepsRoot(TypeId type) => _isEverything || _root.Contains(type);

    /// <summary>Gets whether objects are told their root while they are read, and need not remember it.</summary>
    public bool IsGivenRoot(TypeId type) => !KeepsRoot(type) && _rootForReading.Contains(type);

    /// <summary>
    /// Gets whether an instance is read, or is computed from instances, so that computing it can recurse and is
    /// counted.
    /// </summary>
    public static bool NeedsStream(Instance instance) => instance is not ValueInstance value
        || ModelExpressions.SelfAndParts(value.Value)
            .Concat(value.Condition is null ? [] : ModelExpressions.SelfAndParts(value.Condition))
            .Any(part => part is MemberReference { Kind: MemberKind.Instance } or ForeignMemberReference);

    private void Note(BoundExpression expression)
    {
        switch (expression)
        {
            case IoReference { Target.Type: StructType item }:
                _io.Add(item.Id);
                break;
            case IoReference:
                _isEveryIo = true;
                break;
            case ParentReference { Target.Type: StructType item }:
                _parent.Add(item.Id);
                break;
            case ParentReference:
                _isEveryParent = true;
                break;
            case RootReference { Target.Type: StructType item }:
                _root.Add(item.Id);
                break;
            default:
                break;
        }
    }

    /// <summary>An object must know the root to hand it on to those that it contains.</summary>
    private void HandOnRoots(TypeModel[] types)
    {
        Dictionary<TypeId, TypeId[]> read = types.ToDictionary(
            type => type.Id, type => Contained(type.Id, type.Fields));
        Dictionary<TypeId, TypeId[]> later = types.ToDictionary(
            type => type.Id,
            type => Contained(type.Id, type.Instances.OfType<ParsedInstance>().Select(instance => instance.Field)));
        bool hasGrown = true;
        while (hasGrown)
        {
            hasGrown = false;
            foreach (TypeModel type in types)
            {
                hasGrown |= read[type.Id].Any(NeedsRoot) && _rootForReading.Add(type.Id);
                hasGrown |= later[type.Id].Any(NeedsRoot) && _root.Add(type.Id);
            }
        }

        bool NeedsRoot(TypeId id) => _root.Contains(id) || _rootForReading.Contains(id);
    }

    private static TypeId[] Contained(TypeId type, IEnumerable<Field> fields) =>
        [.. fields.SelectMany(field => RecursiveTypes.Contained(field.Layout)).Where(id => id.Spec == type.Spec)];
}
