namespace Nario.Ksy.Programs;

/// <summary>Sets a slot.</summary>
public sealed class AssignInstruction(IReadOnlyList<string> path, string specPath, Slot slot, Value? value)
    : Instruction(path, specPath)
{
    /// <summary>The slot.</summary>
    public Slot Slot { get; } = slot;

    /// <summary>What it is set to; null: the current offset.</summary>
    public Value? Value { get; } = value;
}
