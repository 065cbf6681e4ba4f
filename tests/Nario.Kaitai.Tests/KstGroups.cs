namespace Nario.Kaitai.Tests;

/// <summary>The groups of features that the tests belong to, where an index names them.</summary>
internal static class KstGroups
{
    public static IReadOnlyDictionary<string, string> Load(string folder)
    {
        string index = Path.Combine(folder, "INDEX.tsv");
        return File.Exists(index)
            ? File.ReadLines(index).Skip(1).Select(line => line.Split('\t')).ToDictionary(
                cells => cells[0], cells => cells[1])
            : new Dictionary<string, string>();
    }
}
