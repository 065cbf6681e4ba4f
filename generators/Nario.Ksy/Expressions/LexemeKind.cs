namespace Nario.Ksy.Expressions;

/// <summary>Kinds of tokens of an expression.</summary>
internal enum LexemeKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>Something wrong, reported by the lexer.</summary>
    Error,

    /// <summary>A word: a name or a keyword.</summary>
    Word,

    /// <summary>An integer.</summary>
    Integer,

    /// <summary>A number with a point or an exponent.</summary>
    Float,

    /// <summary>A string; its text has the escapes resolved.</summary>
    String,

    /// <summary><c>f"</c>, after which the parser asks for format text.</summary>
    FormatStart,

    /// <summary>An operator or a bracket.</summary>
    Symbol,
}
