using Nario.Ksy.Diagnostics;
using Nario.Ksy.Syntax;
using Xunit.Abstractions;

namespace Nario.Ksy.Tests;

/// <summary>The specifications of the official test suite, and those that this project began with.</summary>
public sealed class SuiteTests(ITestOutputHelper output)
{
    [SharedFact("sketch")]
    public void Sketches_HaveNoDiagnostics()
    {
        foreach (string file in Specifications("sketch"))
        {
            DiagnosticBag diagnostics = new(file);
            Assert.NotNull(SpecParser.Parse(file, File.ReadAllText(file), diagnostics));
            Assert.Empty(diagnostics.Items);
        }
    }

    [SharedFact("kaitai-tests/formats")]
    public void Formats_ParseOrAreUnsupported()
    {
        Dictionary<string, int> counts = [];
        List<string> wrong = [];
        foreach (string file in Specifications("kaitai-tests/formats"))
        {
            DiagnosticBag diagnostics = new(Path.GetFileName(file));
            SpecSyntax? spec = SpecParser.Parse(file, File.ReadAllText(file), diagnostics);
            wrong.AddRange(diagnostics.Items.Where(item => !IsUnsupported(item)).Select(item => item.ToString()));
            if (spec is null)
            {
                wrong.Add($"{file}: no syntax");
            }

            foreach (string key in diagnostics.Items.Select(item => item.Rule.Id).DefaultIfEmpty("clean").Distinct())
            {
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }
        }

        foreach ((string key, int count) in counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{key}: {count}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [SharedFact("kaitai-tests/formats_err")]
    public void FaultyFormats_DoNotThrow()
    {
        foreach (string file in Specifications("kaitai-tests/formats_err"))
        {
            DiagnosticBag diagnostics = new(Path.GetFileName(file));
            SpecSyntax? spec = SpecParser.Parse(file, File.ReadAllText(file), diagnostics);
            Assert.True(spec is not null || diagnostics.HasErrors, file);
            output.WriteLine(string.Join('\n', diagnostics.Items.Select(d => d.ToString()).DefaultIfEmpty(Path.GetFileName(file) + " clean")));
        }
    }

    private static bool IsUnsupported(KsyDiagnostic diagnostic) =>
        string.CompareOrdinal(diagnostic.Rule.Id, "KSY0090") >= 0
        && string.CompareOrdinal(diagnostic.Rule.Id, "KSY0099") <= 0;

    private static string[] Specifications(string folder)
    {
        string[] files = Directory.GetFiles(SharedFiles.Folder(folder)!, "*.ksy", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }
}
