using Microsoft.CodeAnalysis;
using Nario.Ksy.Generator.Tests.Harness;
using Nario.Testing;

namespace Nario.Ksy.Generator.Tests;

/// <summary>
/// The generated code of the project's own specifications, byte for byte as in <c>golden/</c>. With
/// <c>NARIO_REFRESH_GOLDEN=1</c> in the environment the test writes the copies anew; the difference is then reviewed like any
/// other change.
/// </summary>
public sealed class GoldenTests
{
    private const string Folder = "tests/Nario.Ksy.Generator.Tests/golden";

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
        GoldenFiles.AssertSame(Folder, "*.cs", sources);
    }
}
