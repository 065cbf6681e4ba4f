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
    public static IReadOnlyList<Leaf> Of(RecordProgram record) => Of(record, []);

    private static List<Leaf> Of(RecordProgram record, IReadOnlyList<Slot> before)
    {
        List<Leaf> leaves = [];
        foreach (Slot value in record.Values)
        {
            Slot[] path = [.. before, value];
            if (TypeNames.Essence(value).Record is { } nested)
            {
                leaves.AddRange(Of(nested, path));
                continue;
            }

            // A record with one value goes by the name of the field that holds it.
            string name = Names.Camel(string.Join("_", path.Select(slot => slot.Name)));
            leaves.Add(new Leaf(name, TypeNames.Of(value), path, value.Doc));
        }

        return leaves;
    }
}
