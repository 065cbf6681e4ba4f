using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>A value that whoever writes a record must give.</summary>
/// <param name="Name">Name of the argument.</param>
/// <param name="Type">Its C# type.</param>
/// <param name="Path">The slots that lead to it, from the record.</param>
/// <param name="Doc">Documentation, or null.</param>
internal sealed record Leaf(string Name, string Type, IReadOnlyList<Slot> Path, string? Doc)
{
    /// <summary>Lists the values of a record, those of records inside it included.</summary>
    public static IReadOnlyList<Leaf> Of(RecordProgram record, TypeNames types, NameScope names) =>
        [.. Paths(record, []).Select(path => Of(path, types, names))];

    /// <summary>Gets a value under the shortest name that tells it apart.</summary>
    public static Leaf Of(IReadOnlyList<Slot> path, TypeNames types, NameScope names)
    {
        Slot[] identity = [.. Identity(path)];
        string name = Names.Camel(string.Join("_", identity.Select(slot => slot.Name)));
        return new Leaf(names.Claim(name), types.Of(path[path.Count - 1]), path, identity[identity.Length - 1].Doc);
    }

    /// <summary>Finds the value that a slot, perhaps a part of a part, stands for; null when there is none.</summary>
    public static Leaf? Find(IReadOnlyList<Leaf> leaves, Slot slot)
    {
        List<Slot> path = [];
        for (Slot? part = slot; part is not null; part = part.Parent)
        {
            path.Insert(0, part);
        }

        string identity = NameOf(Identity(path));
        return leaves.FirstOrDefault(leaf => NameOf(Identity(leaf.Path)) == identity);
    }

    /// <summary>Finds the value that a part of a record stands for, among the values of that record.</summary>
    public static Leaf? FindPart(IReadOnlyList<Leaf> leaves, Slot part, Slot record)
    {
        List<Slot> path = [part];
        while (path[0] != record)
        {
            path.Insert(0, path[0].Parent!);
        }

        string identity = NameOf(Identity(path).Skip(1));
        return identity.Length == 0 ? null : leaves.FirstOrDefault(leaf => NameOf(Identity(leaf.Path)) == identity);
    }

    private static IEnumerable<IReadOnlyList<Slot>> Paths(RecordProgram record, IReadOnlyList<Slot> before) =>
        record.Values.SelectMany(value =>
            value.Record is { } nested
                ? Paths(nested, [.. before, value])
                :
                [
                    [.. before, value],
                ]);

    private static string NameOf(IEnumerable<Slot> identity) => string.Join(".", identity.Select(slot => slot.Name));

    /// <summary>
    /// The slots on the way to a value that tell it apart; what a record with one value holds goes by the record's own
    /// name.
    /// </summary>
    private static IEnumerable<Slot> Identity(IReadOnlyList<Slot> path) =>
        path.Where((_, index) => index == 0 || path[index - 1].Record is not { Values.Count: 1 });
}
