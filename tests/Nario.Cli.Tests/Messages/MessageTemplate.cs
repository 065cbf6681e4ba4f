using System.Text.RegularExpressions;

namespace Nario.Cli.Tests.Messages;

/// <summary>A text in the sources with holes in it.</summary>
/// <param name="File">The file, relative to the sources.</param>
/// <param name="Parts">Literal texts and names of holes in turn.</param>
internal sealed record MessageTemplate(string File, IReadOnlyList<string> Parts)
{
    /// <summary>Gets the text for a person.</summary>
    internal string Shown => string.Concat(Parts.Select(static (part, index) => index % 2 == 0 ? part : $"‹{part}›"));

    /// <summary>Gets whether a line holds the text with something in its holes.</summary>
    internal bool IsIn(string line) => Regex.IsMatch(
        line,
        string.Join(".*", Parts.Where(static (_, index) => index % 2 == 0).Select(Regex.Escape)),
        RegexOptions.Singleline | RegexOptions.CultureInvariant);
}
