using System.Globalization;
using System.Text;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Makes C# names from identifiers of a specification.</summary>
internal static class Names
{
    private static readonly HashSet<string> Keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const",
        "continue", "decimal", "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern",
        "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface",
        "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override",
        "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof",
        "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint",
        "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    ];

    /// <summary>Ends the names of variables that hold frames, and no others.</summary>
    private const string FrameSuffix = "Frame";

    /// <summary>
    /// Most characters of a name. With all that is put before and after it, a name must fit the 1023 bytes that metadata has
    /// for it, and a type's also the name of a file.
    /// </summary>
    private const int Longest = 200;

    /// <summary>Local variables of generated readers and writers, and a word that is no keyword everywhere.</summary>
    private static readonly HashSet<string> Locals =
    [
        "chunk", "consumed", "fault", "inner", "length", "nameof", "room", "size", "state", "status", "step", "text",
        "token", "view",
    ];

    private static readonly Dictionary<char, string> Punctuation = new()
    {
        ['('] = "left_parenthesis",
        [')'] = "right_parenthesis",
        ['['] = "left_bracket",
        [']'] = "right_bracket",
        ['{'] = "left_brace",
        ['}'] = "right_brace",
        ['<'] = "less_than",
        ['>'] = "greater_than",
        ['='] = "equals",
        ['+'] = "plus",
        ['*'] = "asterisk",
        ['/'] = "slash",
        ['\\'] = "backslash",
        ['.'] = "full_stop",
        [','] = "comma",
        [':'] = "colon",
        [';'] = "semicolon",
        ['!'] = "exclamation_mark",
        ['?'] = "question_mark",
        ['#'] = "number_sign",
        ['$'] = "dollar_sign",
        ['%'] = "percent_sign",
        ['&'] = "ampersand",
        ['@'] = "at_sign",
        ['|'] = "vertical_line",
        ['~'] = "tilde",
        ['^'] = "circumflex",
        ['"'] = "quotation_mark",
        ['\''] = "apostrophe",
        ['`'] = "grave_accent",
    };

    /// <summary>Makes <c>FooBar</c> of <c>foo_bar</c>.</summary>
    public static string Pascal(string identifier)
    {
        StringBuilder name = new();
        foreach (string word in Words(identifier))
        {
            name.Append(char.ToUpperInvariant(word[0])).Append(word, 1, word.Length - 1);
        }

        return Cut(name.Length == 0 || char.IsDigit(name[0]) ? "Value" + name : name.ToString());
    }

    /// <summary>Makes <c>FooBar</c> of <c>foo</c> and <c>bar</c>.</summary>
    public static string Pascal(IEnumerable<string> path) => Cut(string.Concat(path.Select(Pascal)));

    /// <summary>Makes <c>fooBar</c> of <c>foo_bar</c>, with <c>@</c> before a keyword.</summary>
    public static string Camel(string identifier)
    {
        string pascal = Pascal(identifier);
        string camel = char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
        return Keywords.Contains(camel) ? "@" + camel : camel;
    }

    /// <summary>Makes the name of a local variable or parameter in a stream's reader or writer.</summary>
    public static string Local(string identifier)
    {
        string name = Camel(identifier);
        return Locals.Contains(name) || name.EndsWith(FrameSuffix, StringComparison.Ordinal) ? name + "Value" : name;
    }

    /// <summary>Makes the name of the variable that holds a procedure's frame, which is none of a value.</summary>
    public static string FrameVariable(string procedure) => procedure.TrimStart('@') + FrameSuffix;

    /// <summary>
    /// Names things by the shortest endings of their paths that tell them apart.
    /// </summary>
    /// <param name="items">The things and their paths.</param>
    /// <param name="minimum">Number of identifiers to begin with.</param>
    /// <param name="taken">Names that are in use already.</param>
    public static Dictionary<T, string> Shortest<T>(
        IEnumerable<(T Item, IReadOnlyList<string> Path)> items,
        int minimum,
        IEnumerable<string> taken)
        where T : class
    {
        (T Item, IReadOnlyList<string> Path)[] all = items.ToArray();
        Dictionary<T, string> names = [];
        HashSet<string> used = [.. taken];
        int[] lengths = all.Select(item => Math.Min(minimum, item.Path.Count)).ToArray();
        while (true)
        {
            string[] candidates = all.Select((item, index) => Pascal(item.Path.Skip(item.Path.Count - lengths[index])))
                .ToArray();
            HashSet<string> clashing =
            [
                .. candidates
                    .GroupBy(name => name)
                    .Where(group => group.Count() > 1 || used.Contains(group.Key))
                    .Select(group => group.Key),
            ];
            bool longer = false;
            for (int index = 0; index < all.Length; index++)
            {
                if (clashing.Contains(candidates[index]) && lengths[index] < all[index].Path.Count)
                {
                    lengths[index]++;
                    longer = true;
                }
            }

            if (longer)
            {
                continue;
            }

            for (int index = 0; index < all.Length; index++)
            {
                string name = candidates[index];
                for (int number = 2; !used.Add(name); number++)
                {
                    name = candidates[index] + number.ToString(CultureInfo.InvariantCulture);
                }

                names[all[index].Item] = name;
            }

            return names;
        }
    }

    private static string Cut(string name) => name.Length > Longest ? name.Substring(0, Longest) : name;

    private static IEnumerable<string> Words(string identifier)
    {
        StringBuilder word = new();
        foreach (char character in identifier)
        {
            if (char.IsLetterOrDigit(character))
            {
                word.Append(character);
                continue;
            }

            if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }

            if (Punctuation.TryGetValue(character, out string? spelled))
            {
                foreach (string part in spelled.Split('_'))
                {
                    yield return part;
                }
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }
}
