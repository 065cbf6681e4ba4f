using Nario.Codec.Tests.Framing;
using Nario.Testing;
using Xunit.Abstractions;

namespace Nario.Codec.Tests.Vectors;

/// <summary>Vectors with a verdict that others have given.</summary>
public sealed class SharedVectorTests(ITestOutputHelper output)
{
    /// <summary>What framing alone cannot show, and why: the store says no to these.</summary>
    private static readonly Dictionary<string, string> LeftToTheStore = new(StringComparer.Ordinal)
    {
        ["v1-path-sub"] = "what follows the store directory is no base name",
        ["v1-path-badchar"] = "characters of a store path",
        ["v2-path-badchar"] = "characters of a store path",
        ["v2-path-space"] = "characters of a store path",
        ["v1-path-dotname"] = "name of a store path",
        ["v2-path-dotname"] = "name of a store path",
        ["v1-path-dotdotdash"] = "name of a store path",
        ["v2-path-dotdotdash"] = "name of a store path",
        ["v2-hash-mismatch"] = "the hash of the NAR",
        ["v2-ca-mismatch"] = "the content address of the NAR",
    };

    [SharedFact]
    public void Hostile_narios_get_their_verdicts()
    {
        int count = 0;
        List<string> wrong = [];
        foreach (string[] row in Rows("hostile"))
        {
            (string name, bool isAccepted) = (row[0], row[1] == "accept");
            Verdict verdict = NarioModes.Read(File.ReadAllBytes(Shared("hostile", $"{name}.nario")));
            bool isLeft = LeftToTheStore.ContainsKey(name);
            if (verdict.IsAccepted != (isAccepted || isLeft))
            {
                wrong.Add($"{name} ({row[2]}): {verdict}");
            }

            if (name.Contains("-cut-", StringComparison.Ordinal) && !verdict.IsTruncated)
            {
                wrong.Add($"{name}: not truncated: {verdict}");
            }

            if (isLeft)
            {
                output.WriteLine($"{name}: left to the store: {LeftToTheStore[name]}");
            }

            count++;
        }

        Assert.Empty(wrong);
        Assert.True(count > LeftToTheStore.Count, "the manifest has no rows");
    }

    [SharedFact]
    public void NARs_of_other_projects_get_their_strict_verdicts()
    {
        int count = 0;
        List<string> wrong = [];
        foreach (string[] row in Rows("upstream").Where(row => row[0].EndsWith(".nar", StringComparison.Ordinal)))
        {
            byte[] bytes = File.ReadAllBytes(Shared("upstream", row[0]));
            Verdict verdict = NarModes.Read(bytes);
            bool isAccepted = verdict == new Verdict(true, bytes.Length);
            if (isAccepted != (row[5] == "accept"))
            {
                wrong.Add($"{row[0]}: {row[5]}, but {verdict}");
            }

            count++;
        }

        Assert.Empty(wrong);
        Assert.True(count > 0, "the manifest has no NARs");
    }

    [SharedFact]
    public void Exports_of_other_projects_are_read()
    {
        string[][] rows = [.. Rows("upstream").Where(row => row[0].EndsWith(".export", StringComparison.Ordinal))];
        Assert.NotEmpty(rows);
        foreach (string[] row in rows)
        {
            byte[] bytes = File.ReadAllBytes(Shared("upstream", row[0]));
            Check.AcceptedNario(bytes);
            using NarioReader reader = NarioReader.Open(new MemoryStream(bytes));
            Assert.True(reader.Read());
            Assert.Equal(Path.GetFileNameWithoutExtension(row[0]), reader.ReadInfo().Path);
            Assert.False(reader.Read());
        }
    }

    private static IEnumerable<string[]> Rows(string folder) =>
        File.ReadLines(Shared(folder, "MANIFEST.tsv")).Skip(1).Select(line => line.Split('\t'));

    private static string Shared(string folder, string path) =>
        Path.Combine(TestFiles.Shared!, "vectors", folder, path);
}
