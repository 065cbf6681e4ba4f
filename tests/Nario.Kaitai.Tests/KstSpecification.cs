using System.Globalization;
using System.Text.RegularExpressions;

namespace Nario.Kaitai.Tests;

/// <summary>
/// Adds a test's expressions to the specification that it tests, as value instances of the root, so that the compiler
/// under test translates them: <c>kst_a0</c> is the first that is compared, <c>kst_e0</c> what it must equal.
/// </summary>
internal static partial class KstSpecification
{
    public static string Extend(string text, KstFile test)
    {
        List<string> lines = [.. text.ReplaceLineEndings("\n").TrimEnd().Split('\n')];
        List<(string Name, string Expression)> values = [];
        for (int index = 0; index < test.Asserts.Count; index++)
        {
            KstAssert assert = test.Asserts[index];
            values.Add((Name("kst_a", index), assert.Actual));
            if (assert.Expected is { } expected && expected != "null")
            {
                values.Add((Name("kst_e", index), expected));
            }
        }

        if (values.Count > 0)
        {
            Insert(lines, "instances", "  ", 0, lines.Count, values.Select(item =>
                $"{item.Name}: {{value: \"{Escape(item.Expression)}\"}}"));
        }

        if (test.Imports.Count > 0)
        {
            int meta = lines.FindIndex(line => line.StartsWith("meta:", StringComparison.Ordinal));
            int end = lines.FindIndex(meta + 1, line => line.Length > 0 && line[0] is not (' ' or '#'));
            Insert(
                lines, "imports", "    ", meta + 1, end < 0 ? lines.Count : end,
                test.Imports.Select(name => $"- {name}"), "  ");
        }

        return string.Join('\n', lines) + "\n";
    }

    public static string Name(string prefix, int index) => prefix + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Inserts items under a key between two lines, with the indentation of those that stand there.</summary>
    private static void Insert(
        List<string> lines,
        string key,
        string indentation,
        int from,
        int to,
        IEnumerable<string> items,
        string outer = "")
    {
        int at = lines.FindIndex(from, to - from, line => line.TrimEnd() == $"{outer}{key}:");
        if (at < 0)
        {
            at = to;
            lines.Insert(at, $"{outer}{key}:");
        }
        else
        {
            string next = lines.Skip(at + 1).First(line => line.Trim().Length > 0 && line.TrimStart()[0] != '#');
            indentation = Indentation().Match(next).Value;
        }

        lines.InsertRange(at + 1, items.Select(item => indentation + item));
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\t", "\\t", StringComparison.Ordinal);

    [GeneratedRegex("^ *")]
    private static partial Regex Indentation();
}
