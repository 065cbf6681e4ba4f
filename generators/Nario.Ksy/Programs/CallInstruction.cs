namespace Nario.Ksy.Programs;

/// <summary>Runs a procedure, then goes on.</summary>
public sealed class CallInstruction(
    IReadOnlyList<string> path,
    string specPath,
    Procedure procedure,
    IReadOnlyList<Value> arguments
) : Instruction(path, specPath)
{
    /// <summary>The procedure.</summary>
    public Procedure Procedure { get; } = procedure;

    /// <summary>Values for its parameters.</summary>
    public IReadOnlyList<Value> Arguments { get; } = arguments;
}
