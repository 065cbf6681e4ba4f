using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Nario.Ksy.Generator.Tests.Harness;

namespace Nario.Kaitai.Tests;

/// <summary>Generates classes from specifications, compiles them, and uses them by reflection.</summary>
internal static class ClassGenerator
{
    /// <summary>Namespace of the generated types.</summary>
    public const string Namespace = "Ksy";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Generated",
        references: Net100.References.All,
        options: new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            nullableContextOptions: NullableContextOptions.Enable,
            warningLevel: 9999));

    private static readonly ConcurrentDictionary<string, SyntaxTree> Trees = [];

    /// <summary>Generates classes; fails when the generator throws.</summary>
    public static GeneratorRunResult Run(IEnumerable<SpecText> specs) =>
        GeneratorRun.Result(GeneratorRun.Driver(specs, ("KsyNamespace", Namespace), ("KsyShape", "class"))
            .RunGenerators(Empty));

    /// <summary>Compiles what was generated and gives the errors and warnings of C#.</summary>
    public static ImmutableArray<Diagnostic> Compile(
        GeneratorRunResult result,
        IEnumerable<string> consumers,
        Stream image)
    {
        IEnumerable<SyntaxTree> generated = result.GeneratedSources.Select(source =>
            Tree(source.SourceText.ToString(), source.HintName));
        return Empty
            .AddSyntaxTrees([.. generated, .. consumers.Select(text => Tree(text, "Consumer.cs"))])
            .Emit(image)
            .Diagnostics.RemoveAll(item =>
                item.Severity < DiagnosticSeverity.Warning
                || (item.Id == "CS1591" && item.Location.SourceTree?.FilePath == "Consumer.cs"));
    }

    /// <summary>Gives the class of a specification.</summary>
    public static string TypeName(string id) => Pascal(id);

    /// <summary>
    /// Reads an input with a class; one that is made for debugging is read by a call of its own, and shows what was
    /// read before an error.
    /// </summary>
    public static object Read(Type type, byte[] input, bool isWhole = false)
    {
        object instance = type.GetMethod("FromBytes")!.Invoke(null, [new ReadOnlyMemory<byte>(input)])!;
        try
        {
            type.GetMethod("Read", Type.EmptyTypes)?.Invoke(instance, null);
        }
        catch (TargetInvocationException exception) when (!isWhole && exception.InnerException is FormatException)
        {
            return instance;
        }

        return instance;
    }

    /// <summary>Gets a property by the name that it has in the specification.</summary>
    public static object? Get(object instance, string name)
    {
        PropertyInfo property = instance.GetType().GetProperty(Pascal(name))
            ?? throw new MissingMemberException(instance.GetType().Name, name);
        return property.GetValue(instance);
    }

    // What all specifications share is parsed once.
    private static SyntaxTree Tree(string text, string name) => name.StartsWith("Ksy", StringComparison.Ordinal)
        ? Trees.GetOrAdd(text, key => CSharpSyntaxTree.ParseText(key, ParseOptions, name))
        : CSharpSyntaxTree.ParseText(text, ParseOptions, name);

    /// <summary>Makes <c>FooBar</c> of <c>foo_bar</c>.</summary>
    public static string Pascal(string name) =>
        string.Concat(name.Split('_').Where(part => part.Length > 0).Select(part =>
            char.ToUpperInvariant(part[0]) + part[1..]));
}
