using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nario.Ksy.Generator.Tests.Harness;

namespace Nario.Ksy.Generator.Tests;

/// <summary>What the code of all specifications shares: what they use, and nothing else.</summary>
public sealed class SupportTests
{
    private const string File = "KsySupport.g.cs";

    private const string Number = "{id: a, type: u1}";
    private const string Small = "{id: b, type: u1, valid: {max: 9}}";
    private const string Signed = "{id: c, type: s1, valid: {max: 9}}";
    private const string Constant = "{id: d, contents: abc}";
    private const string Padding = "{id: e, type: u1, repeat: expr, repeat-expr: 3, valid: 0}";
    private const string ShortPadding = "{id: l, type: u1, repeat: expr, repeat-expr: '(8 - a % 8) % 8', valid: 0}";
    private const string Terminated = "{id: f, size: 9, terminator: 0}";
    private const string Whole = "{id: m, size: a, terminator: 0, valid: {expr: '_.length == a'}}";
    private const string Least = "{id: g, size: 9, valid: {expr: '_.min > 1'}}";
    private const string Inner = "{id: h, type: inner}";
    private const string Streamed = "{id: i, size: 9, -stream: true}";
    private const string Ordered = "{id: j, type: ordered}";

    [Theory]
    [InlineData("", Number)]
    [InlineData("Number", Small)]
    [InlineData("Number", Signed)]
    [InlineData("Number Number", Small, Signed)]
    [InlineData("Constant Bytes Quote", Constant)]
    [InlineData("Padding", Padding)]
    [InlineData("Padding AreFewClear ClearFew", Number, ShortPadding)]
    [InlineData("Before Terminate", Terminated)]
    [InlineData("Bytes Quote", Number, Whole)]
    [InlineData("LeastByte Bytes Quote", Least)]
    [InlineData("Within", Inner)]
    [InlineData("OutOfOrder NotAllowed Number", Streamed)]
    [InlineData("KsyAscending Bytes Quote", Number, Ordered)]
    [InlineData("Number Before LeastByte", Small, Terminated, Least, Streamed)]
    public void Members_AreThoseThatAreUsed(string expected, params string[] fields)
    {
        GeneratorRunResult result = Run(new SpecText("spec.ksy", Spec("spec", fields)));
        string[] members = Members(result);
        foreach (string name in expected.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Contains(name, members);
        }

        Assert.Equal(
            expected.Split(' ').Count(name => name == "Number"),
            members.Count(name => name == "Number"));
        AssertAllUsed(result, members);
    }

    [Theory]
    [InlineData("_.length == a", true)]
    [InlineData("_.min > 0 and _.length == a", true)]
    [InlineData("_.length == a or _.min > 1", false)]
    [InlineData("_.length <= a", false)]
    [InlineData("_.length == 3", false)]
    public void BytesUpToATerminator_AreCutUnlessTheyMustFillTheirField(string condition, bool areWhole)
    {
        string field = $"{{id: o, size: a, terminator: 1, valid: {{expr: '{condition}'}}}}";
        string[] members = Members(Run(new SpecText("spec.ksy", Spec("spec", Number, field))));
        Assert.Equal(areWhole, !members.Contains("Before"));
        Assert.Contains("Bytes", members);
    }

    [Theory]
    [InlineData("(8 - a % 8) % 8", true)]
    [InlineData("a % 4", true)]
    [InlineData("a % 9", false)]
    [InlineData("a / 32", false)]
    [InlineData("a > 3 ? 1 : 2", false)]
    [InlineData("3", false)]
    public void APaddingOfOneWord_IsOneWhateverTheNumbersInItAre(string size, bool isWord)
    {
        string padding = $"{{id: n, type: u1, repeat: expr, repeat-expr: '{size}', valid: 0}}";
        string[] members = Members(Run(new SpecText("spec.ksy", Spec("spec", Number, padding))));
        Assert.Contains("Padding", members);
        Assert.Equal(isWord, members.Contains("ClearFew"));
        Assert.Equal(isWord, members.Contains("AreFewClear"));
    }

    [Fact]
    public void SeveralSpecifications_ShareWhatEachUses()
    {
        GeneratorRunResult result = Run(
            new SpecText("first.ksy", Spec("first", Constant)),
            new SpecText("second.ksy", Spec("second", Terminated)));
        string[] members = Members(result);
        Assert.Contains("Constant", members);
        Assert.Contains("Terminate", members);
        Assert.DoesNotContain("Padding", members);
        AssertAllUsed(result, members);
    }

    [Fact]
    public void ASpecificationThatUsesNothing_HasNoSupport() =>
        Assert.DoesNotContain(
            Run(new SpecText("spec.ksy", "meta: {id: spec}\nenums: {e: {1: x}}\n")).GeneratedSources,
            source => source.HintName == File);

    [Fact]
    public void AnEditThatUsesMore_AddsThatAlone()
    {
        SpecText first = new("first.ksy", Spec("first", Number));
        GeneratorDriver driver = GeneratorRun
            .Driver([first, new SpecText("second.ksy", Spec("second", Number, Streamed))])
            .RunGenerators(GeneratorRun.Compilation());
        string[] before = Members(GeneratorRun.Result(driver));
        driver = driver
            .ReplaceAdditionalText(first, new SpecText(first.Path, Spec("first", Padding)))
            .RunGenerators(GeneratorRun.Compilation());
        GeneratorRunResult result = GeneratorRun.Result(driver);
        Assert.Equal(["Padding"], Members(result).Except(before));
        IncrementalStepRunReason[] unchanged =
        [
            IncrementalStepRunReason.Cached,
            IncrementalStepRunReason.Unchanged,
        ];
        Assert.All(
            result
                .TrackedSteps[KsyGenerator.SourcesStep]
                .SelectMany(step => step.Outputs)
                .Where(output =>
                    ((GeneratedSource)output.Value).Name.StartsWith("Second", StringComparison.Ordinal)),
            output => Assert.Contains(output.Reason, unchanged));
    }

    private static string Spec(string id, params string[] fields) =>
        $$"""
        meta: {id: {{id}}, endian: le}
        seq: [{{string.Join(", ", fields)}}]
        types:
          inner: {seq: [{id: x, type: u1}, {id: y, type: u1}]}
          entry: {seq: [{id: name, size: 4}]}
          ordered:
            seq:
              - {id: items, type: item, repeat: expr, repeat-expr: 3}
            types:
              item:
                seq:
                  - {id: entry, type: entry}
                  - {id: order, size: 0, -ascending: entry.name}

        """;

    private static GeneratorRunResult Run(params SpecText[] specs)
    {
        GeneratorRunResult result = GeneratorRun.Run(specs);
        Assert.Empty(result.Diagnostics);
        Assert.Empty(GeneratorRun.Compile(result));
        return result;
    }

    /// <summary>Gets the names of the methods and fields that are shared, and of the types beside them.</summary>
    private static string[] Members(GeneratorRunResult result) =>
        [
            .. Root(result.GeneratedSources.Single(source => source.HintName == File))
                .DescendantNodes()
                .Select(node => node switch
                {
                    ClassDeclarationSyntax { Identifier.Text: "KsyAscending" } type => type.Identifier.Text,
                    MethodDeclarationSyntax { Parent: TypeDeclarationSyntax type } method
                        when type.Identifier.Text != "KsyAscending" => method.Identifier.Text,
                    VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax { Parent: StructDeclarationSyntax } }
                        field => field.Identifier.Text,
                    _ => null,
                })
                .OfType<string>(),
        ];

    private static void AssertAllUsed(GeneratorRunResult result, string[] members)
    {
        HashSet<string> named =
        [
            .. result
                .GeneratedSources.SelectMany(source => Root(source).DescendantNodes())
                .OfType<IdentifierNameSyntax>()
                .Select(name => name.Identifier.Text),
        ];

        // Where nothing can be wrong but the end of the input, nothing sets a fault, but the compiler asks for that.
        Assert.All(members.Where(name => name != "Set"), name => Assert.Contains(name, named));
    }

    private static SyntaxNode Root(GeneratedSourceResult source) =>
        CSharpSyntaxTree.ParseText(source.SourceText).GetRoot();
}
