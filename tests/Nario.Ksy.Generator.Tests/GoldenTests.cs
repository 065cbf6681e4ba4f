using Microsoft.CodeAnalysis;
using Nario.Ksy.Generator.Tests.Harness;

namespace Nario.Ksy.Generator.Tests;

/// <summary>
/// The generated code of the project's own specifications, byte for byte as in <c>golden/</c>. With
/// <c>NARIO_REFRESH_GOLDEN=1</c> in the environment the test writes the copies anew; the difference is then reviewed like any
/// other change.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string Folder = Repository.PathOf("tests", "Nario.Ksy.Generator.Tests", "golden");

    [Fact]
    public void GeneratedCode_IsAsChecked()
    {
        SpecText[] specs =
        [
            .. Directory
                .GetFiles(Repository.PathOf("spec"), "*.ksy")
                .Select(file => new SpecText(file, File.ReadAllText(file))),
        ];
        Assert.NotEmpty(specs);
        GeneratorRunResult result = GeneratorRun.Result(
            GeneratorRun
                .Driver(
                    specs,
                    ("KsyNamespace", "Nario.Codec"),
                    ("KsyExceptionType", "Nario.Codec.NarioFormatException"))
                .RunGenerators(GeneratorRun.Compilation()));
        Assert.Empty(result.Diagnostics);
        Dictionary<string, string> sources = result.GeneratedSources.ToDictionary(
            source => source.HintName,
            source => source.SourceText.ToString());
        if (Environment.GetEnvironmentVariable("NARIO_REFRESH_GOLDEN") == "1")
        {
            Refresh(sources);
        }

        string[] files =
        [
            .. Directory.GetFiles(Folder, "*.cs").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal),
        ];
        Assert.Equal(sources.Keys.Order(StringComparer.Ordinal), files);
        foreach ((string name, string text) in sources)
        {
            Assert.True(
                File.ReadAllText(Path.Combine(Folder, name)) == text,
                $"{name} differs; NARIO_REFRESH_GOLDEN=1 writes it anew.");
        }
    }

    private static void Refresh(Dictionary<string, string> sources)
    {
        Directory.CreateDirectory(Folder);
        foreach (string file in Directory.GetFiles(Folder, "*.cs"))
        {
            File.Delete(file);
        }

        foreach ((string name, string text) in sources)
        {
            File.WriteAllText(Path.Combine(Folder, name), text);
        }
    }
}
