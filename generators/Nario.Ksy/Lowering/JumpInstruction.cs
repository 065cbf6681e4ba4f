using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>Goes elsewhere; only until instructions know what comes next.</summary>
/// <param name="path">Identifiers that name it.</param>
/// <param name="specPath">Where in the specification it comes from.</param>
/// <param name="target">Where it goes; null: to what follows it.</param>
internal sealed class JumpInstruction(IReadOnlyList<string> path, string specPath, Instruction? target)
    : Instruction(path, specPath)
{
    /// <summary>Where it goes; null: to what follows it.</summary>
    public Instruction? Target { get; set; } = target;
}
