using System.Text;
using System.Text.RegularExpressions;

namespace Nario.Cli.Tests.Support;

/// <summary>A list that a released program has made of a golden nario.</summary>
/// <param name="Nario">The name of the nario, with its version: <c>07-tree.v1</c>.</param>
/// <param name="Form">The ending of the list.</param>
public sealed partial record GoldenList(string Nario, string Form)
{
    private const string NarioEnding = ".nario";

    private static readonly Dictionary<string, string[]> Arguments = new()
    {
        ["list.txt"] = [],
        ["listR.txt"] = ["-R"],
        ["lsR.txt"] = ["-lR"],
        ["list.json"] = ["--json"],
        ["listR.json"] = ["--json", "-R"],
    };

    /// <summary>Gets the forms of lists.</summary>
    internal static IReadOnlyCollection<string> Forms => Arguments.Keys;

    /// <summary>Gets the names of all golden narios, with their versions.</summary>
    internal static IReadOnlyList<string> Narios { get; } =
    [
        .. Directory.EnumerateFiles(TestFiles.Golden(), $"*{NarioEnding}")
            .Select(static path => Path.GetFileName(path)[..^NarioEnding.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Gets the path of the nario.</summary>
    internal string NarioPath => TestFiles.Golden(Nario + NarioEnding);

    /// <summary>Gets the command line.</summary>
    internal string[] CommandLine => ["list", .. Arguments[Form]];

    /// <summary>Gets whether we refuse, or can show, what that program did not.</summary>
    internal bool Differs => this is { Nario: "22-unknown-hash-size.v2" }
        or { Nario: "08-nonutf8.v1" or "08-nonutf8.v2", Form: "listR.json" };

    /// <summary>Reads the list, with signatures in the order of the names of their keys: that program put them in the order of
    /// their whole texts, later ones in this.</summary>
    internal byte[] Read()
    {
        byte[] list = File.ReadAllBytes(TestFiles.Golden($"{Nario}.{Form}"));
        return Nario == "23-sig-order.v2" && Form.EndsWith(".json", StringComparison.Ordinal)
            ? Encoding.UTF8.GetBytes(SignatureList().Replace(Encoding.UTF8.GetString(list), SortByKey))
            : list;
    }

    [GeneratedRegex("""(?<="signatures":\[)[^\]]*""")]
    private static partial Regex SignatureList();

    private static string SortByKey(Match list) =>
        string.Join(
            ',',
            list.Value.Split(',')
                .OrderBy(static text => text.Split(':')[0], StringComparer.Ordinal)
                .ThenBy(static text => Convert.ToHexString(Convert.FromBase64String(text.Split(':')[1].Trim('"'))), StringComparer.Ordinal));
}
