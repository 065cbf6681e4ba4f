namespace Nario.Ksy.Programs;

/// <summary>Hands over to the reader or writer of another specification.</summary>
public sealed class EmbedInstruction(
    IReadOnlyList<string> path,
    string specPath,
    Token token,
    string specId,
    Value? size
) : Instruction(path, specPath)
{
    /// <summary>The token that announces it.</summary>
    public Token Token { get; } = token;

    /// <summary>The other specification.</summary>
    public string SpecId { get; } = specId;

    /// <summary>The exact size of the field in bytes, or null when only its own reader knows.</summary>
    public Value? Size { get; } = size;
}
