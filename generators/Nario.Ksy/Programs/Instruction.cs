namespace Nario.Ksy.Programs;

/// <summary>
/// One step of a stream program. Control passes to <see cref="Next"/> unless the instruction says otherwise.
/// </summary>
public abstract class Instruction(IReadOnlyList<string> path, string specPath)
{
    /// <summary>Identifiers that lead to it, from its procedure's type.</summary>
    public IReadOnlyList<string> Path { get; } = path;

    /// <summary>Where the specification states it: <c>specification/type/field</c>.</summary>
    public string SpecPath { get; } = specPath;

    /// <summary>What comes after it; null only after a return or at the end.</summary>
    public Instruction? Next { get; set; }

    /// <summary>Whether a reader gives a token at it.</summary>
    public bool Gives(Token token) =>
        this switch
        {
            ReadInstruction read => read.Token == token,
            YieldInstruction yielding => yielding.Token == token,
            ContentInstruction content => content.Token == token,
            EmbedInstruction embed => embed.Token == token,
            _ => false,
        };
}
