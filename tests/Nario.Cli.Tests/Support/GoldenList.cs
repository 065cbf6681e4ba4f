namespace Nario.Cli.Tests.Support;

/// <summary>A list that a released program has made of a golden nario.</summary>
/// <param name="Nario">The name of the nario, with its version: <c>07-tree.v1</c>.</param>
/// <param name="Form">The ending of the list.</param>
public sealed record GoldenList(string Nario, string Form)
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

    /// <summary>Reads the list.</summary>
    internal byte[] Read() => File.ReadAllBytes(TestFiles.Golden($"{Nario}.{Form}"));
}
