namespace Nario.Ksy.Programs;

/// <summary>A specification whose root is read piece by piece.</summary>
public sealed class StreamProgram(string specId, string? doc)
{
    /// <summary>The specification.</summary>
    public string SpecId { get; } = specId;

    /// <summary>Documentation, or null.</summary>
    public string? Doc { get; } = doc;

    /// <summary>The root first.</summary>
    public List<Procedure> Procedures { get; } = [];

    /// <summary>All tokens, in the order of the specification.</summary>
    public List<Token> Tokens { get; } = [];

    /// <summary>Largest number of bytes that one instruction reads.</summary>
    public int LargestStep { get; set; }
}
