namespace Nario.Ksy.Programs;

/// <summary>Passes on a streamed field piece by piece.</summary>
public sealed class ContentInstruction(IReadOnlyList<string> path, string specPath, Token token, Value size)
    : Instruction(path, specPath)
{
    /// <summary>The token of each piece.</summary>
    public Token Token { get; } = token;

    /// <summary>Size of the field in bytes.</summary>
    public Value Size { get; } = size;
}
