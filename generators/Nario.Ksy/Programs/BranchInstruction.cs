namespace Nario.Ksy.Programs;

/// <summary>
/// Goes on at <see cref="Instruction.Next"/> when the condition holds, else at <see cref="Otherwise"/>.
/// </summary>
public sealed class BranchInstruction(IReadOnlyList<string> path, string specPath, Value? condition)
    : Instruction(path, specPath)
{
    /// <summary>The condition; null: whether there is more input.</summary>
    public Value? Condition { get; } = condition;

    /// <summary>When the condition is whether there is more input: the tokens that can come next if there is.</summary>
    public IReadOnlyList<Token?>? Continuing { get; set; }

    /// <summary>Where to go on when it does not hold.</summary>
    public Instruction? Otherwise { get; set; }
}
