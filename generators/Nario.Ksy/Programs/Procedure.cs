namespace Nario.Ksy.Programs;

/// <summary>A piece of a stream program with slots of its own: the root, or a type that can contain itself.</summary>
public sealed class Procedure(string name, string? doc, int maximumDepth)
{
    /// <summary>Name of the type.</summary>
    public string Name { get; } = name;

    /// <summary>Documentation of the type, or null.</summary>
    public string? Doc { get; } = doc;

    /// <summary>How many calls of it may be under way at once; 0 for the root.</summary>
    public int MaximumDepth { get; } = maximumDepth;

    /// <summary>Whether it is the root.</summary>
    public bool IsRoot => MaximumDepth == 0;

    /// <summary>Its parameters, in order.</summary>
    public List<Slot> Parameters { get; } = [];

    /// <summary>The values that it holds.</summary>
    public List<Slot> Slots { get; } = [];

    /// <summary>Its rules of order; each keeps one byte string for each call under way.</summary>
    public List<AscendingRule> AscendingRules { get; } = [];

    /// <summary>Its instructions; the first is where it begins.</summary>
    public List<Instruction> Instructions { get; } = [];
}
