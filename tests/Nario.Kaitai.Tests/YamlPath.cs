using System.Globalization;
using System.Text.RegularExpressions;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Yaml;

namespace Nario.Kaitai.Tests;

/// <summary>Places in a YAML document, written as <c>/seq/0/type</c>.</summary>
internal static partial class YamlPath
{
    /// <summary>
    /// Finds the spans of a node: its key's, where it has one, and its own. Empty when the path leads to nothing.
    /// </summary>
    public static IReadOnlyList<SourceSpan> Find(YamlNode root, string path) => Locate(root, path).Spans;

    /// <summary>Gets whether a node is a scalar.</summary>
    public static bool IsScalar(YamlNode root, string path) => Locate(root, path).Node is YamlScalar;

    private static (YamlNode? Node, IReadOnlyList<SourceSpan> Spans) Locate(YamlNode root, string path)
    {
        YamlNode node = root;
        SourceSpan[] spans = [root.Span];
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (node)
            {
                case YamlMapping mapping when Entry(mapping, part) is { } entry:
                    node = entry.Value;
                    spans = [entry.Key.Span, node.Span];
                    break;
                case YamlSequence sequence
                    when int.TryParse(part, CultureInfo.InvariantCulture, out int index)
                        && index < sequence.Items.Count:
                    node = sequence.Items[index];
                    spans = [node.Span];
                    break;
                default:
                    return (null, []);
            }
        }

        return (node, spans);
    }

    private static YamlEntry? Entry(YamlMapping mapping, string key) =>
        mapping.Entries.FirstOrDefault(entry => entry.Key.Text == key)
        ?? mapping.Entries.FirstOrDefault(entry => entry.Key.Text == Written(key))
        ?? mapping.Entries.FirstOrDefault(entry => entry.Key.Text.Trim('"', '\'') == Written(key));

    /// <summary>Gives the source text of a case that is named by its parsed form, as <c>IntNum(1)</c>.</summary>
    private static string Written(string key) => ParsedForm().Match(key) is { Success: true } match
        ? match.Groups["text"].Value
        : key;

    [GeneratedRegex(@"^(Name\(identifier|Str|IntNum|Bool)\((?<text>[^()]*)\)+$")]
    private static partial Regex ParsedForm();
}
