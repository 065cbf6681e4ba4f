using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Nario.Ksy.Binding;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Generator.Classes;
using Nario.Ksy.Generator.Emit;
using Nario.Ksy.Lowering;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Generator;

/// <summary>
/// Generates readers and writers from the <c>.ksy</c> files among a project's additional files. The build properties
/// <c>KsyNamespace</c> and <c>KsyExceptionType</c> name the namespace of the code and the exception for bad input; <c>KsyShape</c>
/// is the shape of specifications that state none: <c>view</c> (the default), <c>stream</c>, <c>class</c>, or
/// <c>forward</c>, which is a view or a stream as the root allows.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class KsyGenerator : IIncrementalGenerator
{
    /// <summary>Tracking name of the step that reads the specifications.</summary>
    public const string SpecificationsStep = "KsySpecifications";

    /// <summary>Tracking name of the step that binds one specification with what it imports.</summary>
    public const string BindingStep = "KsyBinding";

    /// <summary>Tracking name of the step that gives the C# of all specifications.</summary>
    public const string SourcesStep = "KsySources";

    /// <summary>Tracking name of the step that gives what is wrong with them.</summary>
    public const string DiagnosticsStep = "KsyDiagnostics";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<ValueList<ParsedSpec>> specifications = context
            .AdditionalTextsProvider.Where(static text =>
                text.Path.EndsWith(".ksy", StringComparison.OrdinalIgnoreCase))
            .Select(
                static (text, cancellation) => ParsedSpec.Parse(
                    new SpecSource(text.Path, text.GetText(cancellation)?.ToString() ?? string.Empty)))
            .Collect()
            .Select(static (all, _) => all.OrderBy(item => item.Source.File, StringComparer.Ordinal).ToValueList())
            .WithTrackingName(SpecificationsStep);

        // Each is bound with what it imports and no more, so that an edit of one file does not bind all again.
        IncrementalValueProvider<ImmutableArray<BindResult>> bound = specifications
            .SelectMany(static (all, _) => SpecFamily.Of(all))
            .Select(static (family, cancellation) => family.Bind(cancellation))
            .WithTrackingName(BindingStep)
            .Collect();
        IncrementalValueProvider<EmitOptions> options = context.AnalyzerConfigOptionsProvider.Select(
            static (provider, _) => OptionsOf(provider.GlobalOptions));
        IncrementalValueProvider<Result> results = bound
            .Combine(options)
            .Select(static (pair, cancellation) => Compile(pair.Left, pair.Right, cancellation));
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
        return new EmitOptions(name.Length > 0 ? NamespaceOf(name) : "Ksy", Property(options, "KsyExceptionType"))
        {
            Shape = Property(options, "KsyShape"),
            KeepsNavigation = Property(options, "KsyNavigation") == "true",
        };
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

    private static Result Compile(
        ImmutableArray<BindResult> bound, EmitOptions options, CancellationToken cancellation)
    {
        List<KsyDiagnostic> diagnostics = [.. bound.SelectMany(static result => result.Diagnostics).Distinct()];
        SpecModel[] models = [.. SpecFamily.Distinct(bound.Select(static result => result.Model), diagnostics)];
        diagnostics.AddRange(Shapes.Check(models, options));
        SpecModel[] classes = Shapes.Select(models, areClasses: true, options);
        IReadOnlyList<SpecProgram> programs = SpecCompiler.Compile(
            Shapes.Select(models, areClasses: false, options),
            unit => Shapes.Of(unit, options),
            out IReadOnlyList<KsyDiagnostic> found,
            cancellation);
        diagnostics.AddRange(found);
        TypeNames types = new(programs);
        List<GeneratedSource> sources =
        [
            .. programs.SelectMany(program => SpecEmitter.Emit(program, types, options)),
        ];

        // What they share is known when they are written.
        if (SupportEmitter.Emit(types.Support, options, hasException: classes.Length > 0) is { } support)
        {
            sources.Insert(0, new GeneratedSource("KsySupport.g.cs", support));
        }

        sources.AddRange(ClassBackend.Emit(classes, types.Outermost, options, cancellation));

        return new Result(
            new EquatableArray<GeneratedSource>([.. sources]),
            new EquatableArray<KsyDiagnostic>([.. diagnostics.Distinct()]));
    }

    private sealed record Result(EquatableArray<GeneratedSource> Sources, EquatableArray<KsyDiagnostic> Diagnostics);
}
