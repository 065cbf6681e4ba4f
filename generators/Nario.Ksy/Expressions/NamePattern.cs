namespace Nario.Ksy.Expressions;

/// <summary>The pattern of names in specifications: <c>[a-z][a-z0-9_]*</c>.</summary>
internal static class NamePattern
{
    /// <summary>Gets whether <paramref name="text"/> can name a field, a type, an enumeration or a label.</summary>
    public static bool IsName(string text)
    {
        foreach (char c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'))
            {
                return false;
            }
        }

        return text.Length > 0 && text[0] is >= 'a' and <= 'z';
    }

    /// <summary>Gets whether <paramref name="text"/> is one of the names that the language gives a meaning.</summary>
    public static bool IsSpecialName(string text) =>
        text is "_" or "_index" or "_io" or "_on" or "_parent" or "_root" or "_sizeof";

    /// <summary>Gets whether <paramref name="c"/> can begin a word, right or wrong as a name.</summary>
    public static bool IsWordStart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_';

    /// <summary>Gets whether <paramref name="c"/> can continue a word.</summary>
    public static bool IsWordPart(char c) => IsWordStart(c) || c is >= '0' and <= '9';
}
