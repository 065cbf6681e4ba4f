using Microsoft.CodeAnalysis;
using Nario.Ksy.Generator.Tests.Harness;
using Xunit.Abstractions;

namespace Nario.Ksy.Generator.Tests;

/// <summary>The specifications of the official test suite.</summary>
public sealed class SuiteTests(ITestOutputHelper output)
{
    [SharedFact("kaitai-tests/formats")]
    public void Formats_CompileOrAreRefused()
    {
        string folder = Repository.SharedFolder("kaitai-tests/formats")!;
        SpecText[] all =
        [
            .. Directory
                .GetFiles(folder, "*.ksy", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => new SpecText(file, File.ReadAllText(file))),
        ];
        Assert.NotEmpty(all);
        List<string> wrong = [];
        int compiled = 0;
        foreach (SpecText spec in all)
        {
            // Each with its possible imports, so that what is asked of the generator is one specification at a time.
            GeneratorRunResult result = GeneratorRun.Run([
                spec,
                .. all.Where(other => other != spec && IsImported(other, spec)),
            ]);
            wrong.AddRange(
                result
                    .Diagnostics.Where(item => !item.Id.StartsWith("KSY", StringComparison.Ordinal))
                    .Select(item => item.ToString()));
            wrong.AddRange(GeneratorRun.Compile(result).Select(item => $"{Path.GetFileName(spec.Path)}: {item}"));
            if (!result.GeneratedSources.IsEmpty)
            {
                compiled++;
            }
            else if (result.Diagnostics.IsEmpty)
            {
                output.WriteLine($"{Path.GetFileName(spec.Path)} gives nothing");
            }
        }

        output.WriteLine($"{compiled} of {all.Length} compile");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static bool IsImported(SpecText other, SpecText spec) =>
        spec.GetText().ToString().Contains(Path.GetFileNameWithoutExtension(other.Path), StringComparison.Ordinal);
}
