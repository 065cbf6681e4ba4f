using System.Text;
using Xunit.Abstractions;

namespace Nario.Kaitai.Tests;

/// <summary>The official tests of the language: expectations about inputs.</summary>
public sealed class KstTests(ITestOutputHelper output)
{
    /// <summary>Fewest tests of the folder beside the repository that pass; it only ever rises.</summary>
    private const int Floor = 214;

    [SuiteFact(SuiteFolders.TestsVariable)]
    public void Classes_GiveWhatTheTestsExpect()
    {
        string folder = SuiteFolders.Tests!;
        SpecFolder formats = new(Path.Combine(folder, "formats"));
        KstRunner runner = new(formats, Path.Combine(folder, "src"));
        string[] files = SuiteFolders.Files(Path.Combine(folder, "kst"), "*.kst");
        Assert.NotEmpty(files);
        KstResult[] results = [.. files.AsParallel().AsOrdered().Select(file => Run(runner, file))];
        string report = Report(results, KstGroups.Load(folder));
        output.WriteLine(report);
        int passed = results.Count(result => result.Fault is null);
        int floor = SuiteFolders.IsNamed(SuiteFolders.TestsVariable) ? results.Length : Floor;
        Assert.True(passed >= floor, report);
    }

    private static KstResult Run(KstRunner runner, string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        return new KstResult(name, runner.Run(KstFile.Load(file)));
    }

    private static string Report(KstResult[] results, IReadOnlyDictionary<string, string> groups)
    {
        StringBuilder text = new();
        foreach (IGrouping<string, KstResult> group in results
            .GroupBy(result => groups.GetValueOrDefault(result.Name, "(no group)"))
            .OrderBy(group => group.Key.Length).ThenBy(group => group.Key, StringComparer.Ordinal))
        {
            text.AppendLine($"{group.Count(item => item.Fault is null),4} of {group.Count(),4}  {group.Key}");
        }

        text.AppendLine($"{results.Count(item => item.Fault is null),4} of {results.Length,4}");
        foreach (KstResult result in results.Where(item => item.Fault is not null))
        {
            text.AppendLine($"{result.Name}: {result.Fault}");
        }

        return text.ToString();
    }
}

/// <summary>What became of a test: what is wrong, or null.</summary>
internal sealed record KstResult(string Name, string? Fault);
