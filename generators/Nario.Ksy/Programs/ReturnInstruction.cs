namespace Nario.Ksy.Programs;

/// <summary>Ends a procedure.</summary>
public sealed class ReturnInstruction(IReadOnlyList<string> path, string specPath) : Instruction(path, specPath);
