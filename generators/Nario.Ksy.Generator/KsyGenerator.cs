using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Generator.Emit;
using Nario.Ksy.Lowering;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator;

/// <summary>
/// Generates readers and writers from the <c>.ksy</c> files among a project's additional files. The build properties
/// <c>KsyNamespace</c> and <c>KsyExceptionType</c> name the namespace of the code and the exception for bad input.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class KsyGenerator : IIncrementalGenerator
{
    /// <summary>Tracking name of the step that reads the specifications.</summary>
    public const string SpecificationsStep = "KsySpecifications";

    /// <summary>Tracking name of the step that gives the C# of all specifications.</summary>
    public const string SourcesStep = "KsySources";

    /// <summary>Tracking name of the step that gives what is wrong with them.</summary>
    public const string DiagnosticsStep = "KsyDiagnostics";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<EquatableArray<Specification>> specifications = context
            .AdditionalTextsProvider.Where(static text =>
                text.Path.EndsWith(".ksy", StringComparison.OrdinalIgnoreCase))
            .Select(
                static (text, cancellation) =>
                    new Specification(text.Path, text.GetText(cancellation)?.ToString() ?? string.Empty))
            .Collect()
            .Select(
                static (all, _) =>
                    new EquatableArray<Specification>([.. all.OrderBy(item => item.Path, StringComparer.Ordinal)]))
            .WithTrackingName(SpecificationsStep);
        IncrementalValueProvider<EmitOptions> options = context.AnalyzerConfigOptionsProvider.Select(
            static (provider, _) => OptionsOf(provider.GlobalOptions));
        IncrementalValueProvider<Result> results = specifications
            .Combine(options)
            .Select(static (pair, _) => Compile(pair.Left, pair.Right));
        context.RegisterSourceOutput(
            results.SelectMany(static (result, _) => result.Sources).WithTrackingName(SourcesStep),
            static (output, source) => output.AddSource(source.Name, SourceText.From(source.Text, Encoding.UTF8)));
        context.RegisterSourceOutput(
            results.SelectMany(static (result, _) => result.Diagnostics).WithTrackingName(DiagnosticsStep),
            static (output, diagnostic) => output.ReportDiagnostic(DiagnosticDescriptors.ToRoslyn(diagnostic)));
    }

    private static EmitOptions OptionsOf(AnalyzerConfigOptions options)
    {
        string name = Property(options, "KsyNamespace");
        name = name.Length > 0 ? name : Property(options, "RootNamespace");
        return new EmitOptions(name.Length > 0 ? NamespaceOf(name) : "Ksy", Property(options, "KsyExceptionType"));
    }

    /// <summary>Makes a namespace of a project's name, in which more characters are allowed.</summary>
    private static string NamespaceOf(string name) =>
        string.Join(
            ".",
            name.Split('.')
                .Select(static part =>
                {
                    string identifier = string.Concat(
                        part.Select(static character => char.IsLetterOrDigit(character) ? character : '_'));
                    return identifier.Length == 0 || char.IsDigit(identifier[0]) ? "_" + identifier : identifier;
                }));

    private static string Property(AnalyzerConfigOptions options, string name) =>
        options.TryGetValue("build_property." + name, out string? value) ? value : string.Empty;

    private static Result Compile(EquatableArray<Specification> specifications, EmitOptions options)
    {
        IReadOnlyList<SpecProgram> programs = SpecCompiler.Compile(
            [.. specifications.Select(item => (item.Path, item.Text))],
            out IReadOnlyList<KsyDiagnostic> diagnostics);
        TypeNames types = new(programs);
        List<GeneratedSource> sources =
        [
            .. programs.SelectMany(program => SpecEmitter.Emit(program, types, options)),
        ];

        // What they share is known when they are written.
        if (SupportEmitter.Emit(types.Support, options) is { } support)
        {
            sources.Insert(0, new GeneratedSource("KsySupport.g.cs", support));
        }

        return new Result(
            new EquatableArray<GeneratedSource>([.. sources]),
            new EquatableArray<KsyDiagnostic>([.. diagnostics]));
    }

    private sealed record Specification(string Path, string Text);

    private sealed record Result(EquatableArray<GeneratedSource> Sources, EquatableArray<KsyDiagnostic> Diagnostics);
}
