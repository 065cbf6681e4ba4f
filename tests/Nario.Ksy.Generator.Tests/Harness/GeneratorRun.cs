using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nario.Ksy.Generator.Tests.Harness;

/// <summary>Runs the generator as the compiler does, and compiles what it gives.</summary>
internal static class GeneratorRun
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    /// <summary>Missing documentation, and names that the style guide of the language would not give.</summary>
    private static readonly string[] Silenced = ["CS1591", "KSY0501", "KSY0502", "KSY0503"];

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Generated",
        references: Net100.References.All,
        options: new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            warningLevel: 9999,
            specificDiagnosticOptions: Silenced.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress))));

    /// <summary>A compilation with one file of C# that has nothing to do with specifications.</summary>
    public static CSharpCompilation Compilation(string source = "") =>
        Empty.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, ParseOptions, "Program.cs"));

    /// <summary>Makes a driver that has not run yet.</summary>
    public static GeneratorDriver Driver(
        IEnumerable<SpecText> specs,
        params (string Name, string Value)[] properties) =>
        CSharpGeneratorDriver.Create(
            [new KsyGenerator().AsSourceGenerator()],
            specs,
            ParseOptions,
            new BuildProperties(
                properties.Append(("KsyShape", "forward")).DistinctBy(item => item.Item1).ToDictionary()),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>
    /// Gives the generated sources and diagnostics of some specifications; fails when the generator throws.
    /// </summary>
    public static GeneratorRunResult Run(params SpecText[] specs) => Result(Driver(specs).RunGenerators(Compilation()));

    /// <summary>
    /// Gives the generated sources and diagnostics of a specification that is called <c>spec.ksy</c>.
    /// </summary>
    public static GeneratorRunResult Run(string spec) => Run(new SpecText("spec.ksy", spec));

    /// <summary>Gives what a driver's last run gave; fails when the generator threw.</summary>
    public static GeneratorRunResult Result(GeneratorDriver driver)
    {
        GeneratorRunResult result = Assert.Single(driver.GetRunResult().Results);
        Assert.True(result.Exception is null, result.Exception?.ToString());
        return result;
    }

    /// <summary>
    /// Compiles generated sources, down to the code of an assembly, and gives the compiler's errors and warnings.
    /// </summary>
    public static ImmutableArray<Diagnostic> Compile(GeneratorRunResult result) =>
        Empty
            .AddSyntaxTrees(
                result.GeneratedSources.Select(source =>
                    CSharpSyntaxTree.ParseText(source.SourceText, ParseOptions, source.HintName)))
            .Emit(Stream.Null)
            .Diagnostics.RemoveAll(item => item.Severity < DiagnosticSeverity.Warning);
}
