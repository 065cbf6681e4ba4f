namespace Nario.Ksy.Programs;

/// <summary>
/// A type of bounded size without lists, switches or recursion: it is read whole or not at all, as one view over the
/// input.
/// </summary>
public sealed class RecordProgram(string specId, string name, string? doc)
{
    /// <summary>Specification that declares it.</summary>
    public string SpecId { get; } = specId;

    /// <summary>Its name in that specification.</summary>
    public string Name { get; } = name;

    /// <summary>Documentation, or null.</summary>
    public string? Doc { get; } = doc;

    /// <summary>What its size and checks depend on.</summary>
    public List<Slot> Parameters { get; } = [];

    /// <summary>How it is read and written.</summary>
    public List<Step> Steps { get; } = [];

    /// <summary>The values that it holds: what is neither constant nor follows from the other values.</summary>
    public List<Slot> Values { get; } = [];

    /// <summary>Values that are computed from those.</summary>
    public List<ComputedField> Computed { get; } = [];

    /// <summary>Lengths that follow from a value: the length's slot and the bytes that it measures.</summary>
    public Dictionary<Slot, Slot> Derived { get; } = [];

    /// <summary>
    /// The whole encoding for each value of the choice that is its only value; null when more decides about its bytes.
    /// </summary>
    public IReadOnlyDictionary<long, IReadOnlyList<byte>>? Encodings { get; set; }

    /// <summary>Names of its fields and instances, also of those that hold no value.</summary>
    public HashSet<string> Members { get; } = [];

    /// <summary>Number of its steps, those of records inside it included.</summary>
    public int Weight { get; set; }

    /// <summary>Number of records inside one another, itself included.</summary>
    public int Depth { get; set; } = 1;
}
