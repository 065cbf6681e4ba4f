using Nario.Ksy.Model;

namespace Nario.Ksy.Generator.Classes;

/// <summary>
/// Finds the types whose objects can contain objects of the same type, as far as they are read at once.
/// </summary>
internal static class RecursiveTypes
{
    public static HashSet<TypeId> Of(SpecModel model)
    {
        Dictionary<TypeId, TypeId[]> contained = model.Units
            .SelectMany(unit => unit.Root.SelfAndNested)
            .ToDictionary(
                type => type.Id, type => type.Fields.SelectMany(field => Contained(field.Layout)).Distinct().ToArray());
        return [.. contained.Keys.Where(type => Reaches(contained, type))];
    }

    /// <summary>Gets the types whose objects a layout reads.</summary>
    public static IEnumerable<TypeId> Contained(Layout layout) => layout switch
    {
        StructLayout item => [item.Id],
        SwitchLayout item => item.Cases.SelectMany(choice => Contained(choice.Layout)),
        IntegerLayout or FloatLayout or BitsLayout or ContentsLayout or BytesLayout or StringLayout or OpaqueLayout =>
            [],
        _ => throw new InvalidOperationException($"No types for {layout.GetType().Name}."),
    };

    private static bool Reaches(Dictionary<TypeId, TypeId[]> contained, TypeId type)
    {
        HashSet<TypeId> seen = [];
        Stack<TypeId> pending = new([type]);
        while (pending.Count > 0)
        {
            foreach (TypeId next in contained[pending.Pop()])
            {
                if (next == type)
                {
                    return true;
                }

                if (seen.Add(next))
                {
                    pending.Push(next);
                }
            }
        }

        return false;
    }
}
