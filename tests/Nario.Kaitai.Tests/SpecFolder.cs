using System.Text.RegularExpressions;
using Nario.Ksy.Generator.Tests.Harness;

namespace Nario.Kaitai.Tests;

/// <summary>A folder of specifications that import each other.</summary>
internal sealed partial class SpecFolder(string root)
{
    /// <summary>Where imports that begin with <c>/</c> are looked for, as the official suite does.</summary>
    private readonly string[] _absoluteRoots =
        [root, Path.Combine(root, "ks_path"), .. SuiteFolders.Formats is { } formats ? new[] { formats } : []];

    public string Root { get; } = root;

    /// <summary>
    /// Gives a specification and all that it needs: imports, and types that other files of the folder are.
    /// </summary>
    /// <param name="path">Its file.</param>
    /// <param name="text">Its text, when it differs from the file's.</param>
    public IReadOnlyList<SpecText> Closure(string path, string? text = null)
    {
        Dictionary<string, SpecText> found = [];
        Queue<string> pending = new([path]);
        while (pending.TryDequeue(out string? file))
        {
            if (found.ContainsKey(file))
            {
                continue;
            }

            string content = file == path && text is not null ? text : File.ReadAllText(file);
            found.Add(file, new SpecText(file, content));
            foreach (string next in Imports(file, content).Concat(OpaqueTypes(file, content)))
            {
                pending.Enqueue(next);
            }
        }

        return [.. found.Values];
    }

    private IEnumerable<string> Imports(string file, string text)
    {
        Match block = ImportBlock().Match(text);
        foreach (Capture capture in block.Groups["name"].Captures)
        {
            string name = capture.Value.Trim('\'', '"', ' ') + ".ksy";
            string[] candidates = name[0] == '/'
                ? [.. _absoluteRoots.Select(part => Path.Combine(part, name[1..]))]
                : [Path.Combine(Path.GetDirectoryName(file)!, name)];
            if (candidates.FirstOrDefault(File.Exists) is { } found)
            {
                yield return Path.GetFullPath(found);
            }
        }
    }

    private static IEnumerable<string> OpaqueTypes(string file, string text) =>
        text.Contains("ks-opaque-types: true", StringComparison.Ordinal)
            ? TypeKey().Matches(text)
                .Select(match => Path.Combine(Path.GetDirectoryName(file)!, match.Groups["name"].Value + ".ksy"))
                .Where(File.Exists)
            : [];

    [GeneratedRegex(@"^  imports:[^\n]*\n(([ ]*\#[^\n]*|[ ]*)\n|[ ]+-[ ]+(?<name>[^\n#]+?)[ ]*(\#[^\n]*)?(\n|$))+",
        RegexOptions.Multiline)]
    private static partial Regex ImportBlock();

    [GeneratedRegex(@"^\s+type: (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeKey();
}
