namespace Nario.Ksy.Programs;

/// <summary>Reads something of bounded size, whole or not at all.</summary>
public sealed class ReadInstruction(IReadOnlyList<string> path, string specPath, Step step)
    : Instruction(path, specPath)
{
    /// <summary>What is read.</summary>
    public Step Step { get; } = step;

    /// <summary>What must hold of it, besides what the step itself checks.</summary>
    public List<CheckStep> Checks { get; } = [];

    /// <summary>The rule of order that it is subject to, or null.</summary>
    public AscendingRule? Ascending { get; set; }

    /// <summary>The token that it gives, or null when its value follows from other tokens.</summary>
    public Token? Token { get; set; }

    /// <summary>
    /// When the value has no token and decides what follows: for each value, the tokens that can come next.
    /// </summary>
    public IReadOnlyList<Alternative>? Alternatives { get; set; }

    /// <summary>The list whose number of elements it is, or null.</summary>
    public Token? CountOf { get; set; }

    /// <summary>The size limit that it counts against, or null.</summary>
    public SizeLimit? Limit { get; init; }
}
