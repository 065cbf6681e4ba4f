namespace Nario.Ksy.Programs;

/// <summary>Ends the program.</summary>
public sealed class EndInstruction(IReadOnlyList<string> path, string specPath) : Instruction(path, specPath);
