namespace Nario.Ksy.Expressions;

/// <summary>A token of an expression.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">Its text; of a string, the value.</param>
/// <param name="Start">Index of its first UTF-16 code unit.</param>
/// <param name="End">Index behind its last.</param>
internal readonly record struct Lexeme(LexemeKind Kind, string Text, int Start, int End)
{
    /// <summary>Gets whether this is the operator or bracket <paramref name="symbol"/>.</summary>
    public bool Is(string symbol) => Kind == LexemeKind.Symbol && Text == symbol;

    /// <summary>Gets whether this is the word <paramref name="word"/>.</summary>
    public bool IsWord(string word) => Kind == LexemeKind.Word && Text == word;
}
