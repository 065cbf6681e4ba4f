namespace Nario.Ksy.Programs;

/// <summary>Something that a reader reports and a writer is told.</summary>
public sealed class Token(TokenKind kind, IReadOnlyList<string> path, string? doc)
{
    /// <summary>What sort of thing it is.</summary>
    public TokenKind Kind { get; } = kind;

    /// <summary>Identifiers that lead to it, from the root.</summary>
    public IReadOnlyList<string> Path { get; } = path;

    /// <summary>Documentation of the field, or null.</summary>
    public string? Doc { get; } = doc;

    /// <summary>
    /// The value that comes with it, or null: of a value token the field, of a counted list the count.
    /// </summary>
    public Slot? Slot { get; init; }
}
