namespace Nario.Ksy.Programs;

/// <summary>What a slot holds.</summary>
public enum SlotKind
{
    /// <summary>An integer, perhaps one of an enumeration.</summary>
    Integer,

    /// <summary>A stretch of the input.</summary>
    Bytes,

    /// <summary>One of a fixed list of strings, as its index in that list.</summary>
    Choice,

    /// <summary>A record.</summary>
    Record,
}
