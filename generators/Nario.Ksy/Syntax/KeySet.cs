namespace Nario.Ksy.Syntax;

/// <summary>The keys that the language has in one kind of mapping.</summary>
/// <param name="place">The mapping, as messages call it.</param>
/// <param name="accepted">Keys that are read, or that only inform a person.</param>
internal sealed class KeySet(string place, string[] accepted)
{
    /// <summary>Most edits between an unknown key and the one that was meant.</summary>
    private const int MaxEdits = 2;

    private static readonly string[] TypeKeys =
        ["meta", "doc", "doc-ref", "params", "seq", "types", "instances", "enums", "to-string"];

    private static readonly string[] FieldKeys =
    [
        "id", "doc", "doc-ref", "contents", "type", "repeat", "repeat-expr", "repeat-until", "if", "size", "size-eos",
        "encoding", "pad-right", "terminator", "consume", "include", "eos-error", "enum", "valid", "process", "parent",
    ];

    /// <summary>A file.</summary>
    public static readonly KeySet Specification = new("a specification", TypeKeys);

    /// <summary>An entry of <c>types</c>.</summary>
    public static readonly KeySet Type = new("a type", TypeKeys);

    /// <summary><c>meta</c>. What only helps another tool or target to be faster is accepted.</summary>
    public static readonly KeySet Meta = new(
        "'meta'",
        [
            "id", "title", "application", "file-extension", "xref", "license", "tags", "ks-version", "ks-debug",
            "ks-opaque-types", "ks-zero-copy-substream", "imports", "encoding", "endian", "bit-endian",
        ]);

    /// <summary>An element of <c>params</c>.</summary>
    public static readonly KeySet Parameter = new("a parameter", ["id", "type", "enum", "doc", "doc-ref"]);

    /// <summary>An element of <c>seq</c>.</summary>
    public static readonly KeySet Attribute = new("an element of 'seq'", FieldKeys);

    /// <summary>An entry of <c>instances</c> without <c>value</c>.</summary>
    public static readonly KeySet ParsedInstance = new("a parsed instance", [.. FieldKeys, "pos", "io"]);

    /// <summary>An entry of <c>instances</c> with <c>value</c>.</summary>
    public static readonly KeySet ValueInstance = new(
        "a value instance", ["value", "if", "enum", "doc", "doc-ref"]);

    /// <summary>A mapping under <c>type</c>.</summary>
    public static readonly KeySet Switch = new("a switched type", ["switch-on", "cases"]);

    /// <summary>A mapping under <c>endian</c>.</summary>
    public static readonly KeySet Endianness = new("a switched byte order", ["switch-on", "cases"]);

    /// <summary>An enumeration in its long form.</summary>
    public static readonly KeySet Enumeration = new("an enumeration", ["type", "values", "doc", "doc-ref"]);

    /// <summary>A mapping under <c>valid</c>.</summary>
    public static readonly KeySet Validation = new("'valid'", ["eq", "min", "max", "any-of", "in-enum", "expr"]);

    /// <summary>A member of an enumeration in its long form.</summary>
    public static readonly KeySet EnumMember = new("a member of an enumeration", ["id", "doc", "doc-ref"]);

    /// <summary>The mapping, as messages call it.</summary>
    public string Place { get; } = place;

    /// <summary>Keys that are read, or that only inform a person.</summary>
    public IReadOnlyList<string> Accepted { get; } = accepted;

    /// <summary>Gets whether <paramref name="key"/> is read or only informs.</summary>
    public bool Accepts(string key) => Array.IndexOf(accepted, key) >= 0;

    /// <summary>Gets the key that <paramref name="key"/> is probably a misspelling of, or null.</summary>
    public string? Closest(string key) => Closest(key, Accepted);

    /// <summary>Gets the candidate that <paramref name="key"/> is probably a misspelling of, or null.</summary>
    public static string? Closest(string key, IReadOnlyList<string> candidates)
    {
        string? closest = null;
        int fewest = Math.Min(MaxEdits, key.Length / 2) + 1;
        foreach (string candidate in candidates)
        {
            // The difference in length is the least number of edits; long keys never reach the quadratic part.
            int edits = Math.Abs(candidate.Length - key.Length) < fewest ? Edits(key, candidate) : fewest;
            if (edits < fewest)
            {
                closest = candidate;
                fewest = edits;
            }
        }

        return closest;
    }

    /// <summary>Counts the insertions, deletions and replacements from one text to the other (Levenshtein).</summary>
    private static int Edits(string from, string to)
    {
        int[] previous = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int[] current = new int[to.Length + 1];
            current[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = previous[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[to.Length];
    }
}
