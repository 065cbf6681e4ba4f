using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Nario.Fuzz.Seeds;
using Nario.Ksy.Generator;

namespace Nario.Fuzz.Specifications;

/// <summary>The generator, from the text of a specification to C#.</summary>
internal sealed class EmissionHarness : IHarness
{
    private const string File = "input.ksy";

    private static readonly CSharpParseOptions Language = new(LanguageVersion.Preview);
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create("Generated");

    private static readonly AdditionalText[] Imported =
        [.. ProjectSpecifications.Imported.Select(static item => new SpecificationText(item.File, item.Text))];

    /// <inheritdoc/>
    public string Name => "emission";

    /// <inheritdoc/>
    public string Description => "generates C# of a specification next to those of the project: it parses, or there is a reason";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new KsyGenerator().AsSourceGenerator()],
            [new SpecificationText(File, Encoding.UTF8.GetString(input)), .. Imported],
            Language);
        GeneratorRunResult result = driver.RunGenerators(Empty).GetRunResult().Results.Single();
        FindingException.Unless(result.Exception is null, $"the generator fails: {result.Exception}");
        foreach (Diagnostic item in result.Diagnostics)
        {
            FindingException.Unless(
                item.Id.StartsWith("KSY", StringComparison.Ordinal), $"a diagnostic is not one of the project: {item}");
        }

        foreach (GeneratedSourceResult source in result.GeneratedSources)
        {
            Diagnostic? wrong = source.SyntaxTree.GetDiagnostics().FirstOrDefault(
                static item => item.Severity >= DiagnosticSeverity.Warning);
            FindingException.Unless(wrong is null, $"the generated C# does not parse: {wrong}");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) => samples.Specifications;
}
