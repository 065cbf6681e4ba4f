namespace Nario.Flakes.References;

/// <summary>The rules of git for the names of branches and tags, with one level allowed.</summary>
internal static class GitRefName
{
    private const string Forbidden = " ~^:?*[\\\x7f";

    private const string LockSuffix = ".lock";

    /// <summary>Gets whether git takes a name for that of a branch or tag.</summary>
    internal static bool IsValid(string name) =>
        name is not ("" or "@")
        && !name.Contains("..", StringComparison.Ordinal)
        && !name.Contains("@{", StringComparison.Ordinal)
        && !name.EndsWith('.')
        && !name.Any(static character => character < ' ' || Forbidden.Contains(character))
        && name.Split('/').All(static part =>
            part.Length > 0 && part[0] != '.' && !part.EndsWith(LockSuffix, StringComparison.Ordinal));

    /// <summary>Gets whether a name can stand in a reference to a Mercurial repository.</summary>
    internal static bool IsMercurialName(string name) =>
        name.Length > 0 && IsShorthandStart(name[0]) && name.All(IsShorthandCharacter);

    /// <summary>Gets whether a branch or tag in a shorthand reference can begin with a character.</summary>
    internal static bool IsShorthandStart(char character) => char.IsAsciiLetterOrDigit(character) || character == '@';

    /// <summary>Gets whether a branch or tag in a shorthand reference can have a character.</summary>
    internal static bool IsShorthandCharacter(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '/' or '@' or '+' or '-';
}
