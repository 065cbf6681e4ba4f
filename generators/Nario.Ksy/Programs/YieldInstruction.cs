namespace Nario.Ksy.Programs;

/// <summary>Gives a token without reading anything.</summary>
public sealed class YieldInstruction(IReadOnlyList<string> path, string specPath, Token token)
    : Instruction(path, specPath)
{
    /// <summary>The token.</summary>
    public Token Token { get; } = token;

    /// <summary>The rule of order that starts anew here, or null.</summary>
    public AscendingRule? Restart { get; set; }
}
