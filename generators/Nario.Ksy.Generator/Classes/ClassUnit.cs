using Nario.Ksy.Analysis;
using Nario.Ksy.Model;

namespace Nario.Ksy.Generator.Classes;

/// <summary>A member of a type, as code that uses it must know it.</summary>
/// <param name="Type">Its type.</param>
/// <param name="IsOptional">Whether it can be absent.</param>
/// <param name="IsForeign">Whether it can be an object of a type that the program has, or one of ours.</param>
/// <param name="Alias">The member that a value instance is another name of, or null.</param>
internal sealed record Member(DataType Type, bool IsOptional, bool IsForeign, MemberReference? Alias = null);

/// <summary>A specification whose types become classes, with what is known about all of its model.</summary>
internal sealed class ClassUnit
{
    private readonly Dictionary<(TypeId, string), Member> _members = [];
    private readonly HashSet<TypeId> _recursive;
    private readonly FixedSizes _sizes;

    public ClassUnit(SpecModel model, ClassNames names, Navigation navigation)
    {
        Navigation = navigation;
        Model = model;
        Names = names;
        Types = new CSharpTypes(names);
        foreach (TypeModel type in model.Units.SelectMany(unit => unit.Root.SelfAndNested))
        {
            foreach (Parameter item in type.Parameters)
            {
                _members.Add((type.Id, item.Name), new Member(item.Type, false, false));
            }

            foreach (Field item in type.Fields)
            {
                _members.Add((type.Id, item.Name), new Member(item.Type, item.IsOptional, IsForeign(item)));
            }

            foreach (Instance item in type.Instances)
            {
                bool isForeign = item is ParsedInstance parsed && IsForeign(parsed.Field);
                _members.Add((type.Id, item.Name), new Member(
                    item.Type, item.IsOptional, isForeign, (item as ValueInstance)?.Value as MemberReference));
            }
        }

        _recursive = RecursiveTypes.Of(model);
        _sizes = FixedSizes.Of(model);
    }

    public SpecModel Model { get; }

    public ClassNames Names { get; }

    public Navigation Navigation { get; }

    public CSharpTypes Types { get; }

    public Member Member(TypeId owner, string name) => _members[(owner, name)];

    /// <summary>
    /// Gets whether the member that is referred to can be absent. A value instance that is only another member is
    /// absent with that one.
    /// </summary>
    public bool IsOptional(MemberReference reference)
    {
        // A chain of instances that ends nowhere is refused elsewhere; here it only has to end.
        for (int length = 0; length < _members.Count; length++)
        {
            Member member = Member(reference.Owner, reference.Name);
            if (member.IsOptional || member.Alias is null)
            {
                return member.IsOptional;
            }

            reference = member.Alias;
        }

        return false;
    }

    /// <summary>Gets whether an instance can be absent.</summary>
    public bool IsOptional(Instance instance) =>
        instance.IsOptional || (instance is ValueInstance { Value: MemberReference alias } && IsOptional(alias));

    /// <summary>Gets whether an object of a type can contain another of the same type.</summary>
    public bool IsRecursive(TypeId type) => _recursive.Contains(type);

    /// <summary>Gets the bytes that every value of a layout takes; null where they differ or are none.</summary>
    public long? FixedSize(Layout layout) =>
        _sizes.BitsOf(layout) is { } bits && bits >= 8 && bits < int.MaxValue && bits % 8 == 0 ? (long)bits / 8 : null;

    private static bool IsForeign(Field field) => field.Repeat is null && CSharpTypes.IsForeign(field.Layout);
}
