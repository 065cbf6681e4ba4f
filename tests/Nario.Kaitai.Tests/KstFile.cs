using Nario.Ksy.Diagnostics;
using Nario.Ksy.Yaml;

namespace Nario.Kaitai.Tests;

/// <summary>One comparison of a test: an expression, and what it must give or which error.</summary>
internal sealed record KstAssert(string Actual, string? Expected, string? Exception);

/// <summary>A <c>.kst</c> file: what reading one input by one specification must give.</summary>
internal sealed record KstFile(
    string Id,
    string Data,
    IReadOnlyList<string> Imports,
    IReadOnlyList<KstAssert> Asserts,
    string? Exception)
{
    /// <summary>Reads a file.</summary>
    public static KstFile Load(string path)
    {
        DiagnosticBag diagnostics = new(path);
        YamlMapping root = YamlReader.Parse(File.ReadAllText(path), diagnostics) as YamlMapping
            ?? throw new InvalidDataException($"{path}: {string.Join("; ", diagnostics.Items)}");
        return new KstFile(
            Text(root, "id")!,
            Text(root, "data")!,
            [.. Items(root, "imports").Select(item => ((YamlScalar)item).Text)],
            [
                .. Items(root, "asserts").Cast<YamlMapping>().Select(
                    item => new KstAssert(Text(item, "actual")!, Text(item, "expected"), ExceptionOf(item))),
            ],
            ExceptionOf(root));
    }

    private static YamlNode? Find(YamlMapping mapping, string key) =>
        mapping.Entries.FirstOrDefault(entry => entry.Key.Text == key)?.Value;

    private static string? Text(YamlMapping mapping, string key) => (Find(mapping, key) as YamlScalar)?.Text;

    private static IReadOnlyList<YamlNode> Items(YamlMapping mapping, string key) =>
        (Find(mapping, key) as YamlSequence)?.Items ?? [];

    /// <summary>Gives the name of an error without type arguments.</summary>
    private static string? ExceptionOf(YamlMapping mapping)
    {
        string? name = Find(mapping, "exception") is YamlMapping detailed
            ? Text(detailed, "type")
            : Text(mapping, "exception");
        return name?.Split('<')[0];
    }
}
