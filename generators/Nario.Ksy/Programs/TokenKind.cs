namespace Nario.Ksy.Programs;

/// <summary>Sorts of tokens.</summary>
public enum TokenKind
{
    /// <summary>A field that is read whole.</summary>
    Value,

    /// <summary>A piece of a streamed field.</summary>
    Content,

    /// <summary>The beginning of a list.</summary>
    ListStart,

    /// <summary>The end of a list.</summary>
    ListEnd,

    /// <summary>The beginning of a field that a reader of its own reads.</summary>
    Embedded,
}
