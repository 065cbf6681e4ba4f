using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Names the C# types of values.</summary>
internal static class TypeNames
{
    /// <summary>The static class that holds a specification's enumerations and records.</summary>
    public static string Holder(string specId) => Names.Pascal(specId);

    /// <summary>An enumeration.</summary>
    public static string Of(Enumeration enumeration) => $"{Holder(enumeration.SpecId)}.{Names.Pascal(enumeration.Name)}";

    /// <summary>A record.</summary>
    public static string Of(RecordProgram record) => $"{Holder(record.SpecId)}.{RecordName(record)}";

    /// <summary>A record's own name within its holder.</summary>
    public static string RecordName(RecordProgram record) =>
        record.Name == record.SpecId ? Names.Pascal(record.Name) + "Record" : Names.Pascal(record.Name);

    /// <summary>The value that stands for a record which holds only that one; else the slot itself.</summary>
    public static Slot Essence(Slot slot)
    {
        while (slot.Record is { Values.Count: 1 } record)
        {
            slot = record.Values[0];
        }

        return slot;
    }

    /// <summary>The type of a slot's value.</summary>
    public static string Of(Slot slot)
    {
        Slot essence = Essence(slot);
        return essence.Kind switch
        {
            SlotKind.Bytes => "ReadOnlySpan<byte>",
            SlotKind.Record => Of(essence.Record!),
            _ when essence.Enumeration is not null => Of(essence.Enumeration),
            _ => Integer(essence.Width, essence.IsSigned),
        };
    }

    /// <summary>The integer type of a width.</summary>
    public static string Integer(int width, bool isSigned) => width switch
    {
        1 => isSigned ? "sbyte" : "byte",
        2 => isSigned ? "short" : "ushort",
        4 => isSigned ? "int" : "uint",
        _ => isSigned ? "long" : "ulong",
    };
}
