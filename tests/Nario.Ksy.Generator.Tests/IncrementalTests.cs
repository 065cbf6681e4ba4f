using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Nario.Ksy.Binding;
using Nario.Ksy.Generator.Tests.Harness;

namespace Nario.Ksy.Generator.Tests;

/// <summary>What an edit makes the generator do again.</summary>
public sealed class IncrementalTests
{
    private const string First = """
        meta: {id: first, endian: le}
        seq:
          - {id: num_items, type: u4, doc: How many.}
          - {id: items, type: item, repeat: expr, repeat-expr: num_items}
        types:
          item: {seq: [{id: value, type: u2}]}
        """;

    private const string Second = """
        meta: {id: second, endian: be}
        seq:
          - {id: size, type: u4}
          - {id: body, size: size, -stream: true}
        """;

    private static readonly IncrementalStepRunReason[] Unchanged =
    [
        IncrementalStepRunReason.Cached,
        IncrementalStepRunReason.Unchanged,
    ];

    [Fact]
    public void AnEditOfOtherCode_GeneratesNothingAgain()
    {
        GeneratorDriver driver = Start(out _, out _);
        driver = driver.RunGenerators(GeneratorRun.Compilation("class C { int _field; }"));
        ImmutableDictionary<string, ImmutableArray<IncrementalGeneratorRunStep>> steps = GeneratorRun
            .Result(driver)
            .TrackedSteps;
        foreach (string name in new[] { KsyGenerator.SpecificationsStep, KsyGenerator.SourcesStep })
        {
            Assert.All(Reasons(steps[name]), reason => Assert.Contains(reason, Unchanged));
        }

        Assert.All(Outputs(driver), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void AnEditOfAComment_ChangesNoSource()
    {
        GeneratorDriver driver = Start(out SpecText first, out _);
        ImmutableArray<GeneratedSourceResult> before = GeneratorRun.Result(driver).GeneratedSources;
        driver = driver
            .ReplaceAdditionalText(first, new SpecText(first.Path, "# A comment.\n" + First))
            .RunGenerators(GeneratorRun.Compilation());
        GeneratorRunResult result = GeneratorRun.Result(driver);
        Assert.Contains(
            IncrementalStepRunReason.Modified,
            Reasons(result.TrackedSteps[KsyGenerator.SpecificationsStep]));
        Assert.All(
            Reasons(result.TrackedSteps[KsyGenerator.SourcesStep]),
            reason => Assert.Contains(reason, Unchanged));
        Assert.All(Outputs(driver), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Equal(
            before.Select(source => source.HintName),
            result.GeneratedSources.Select(source => source.HintName));
    }

    [Fact]
    public void AnEditOfOneSpecification_LeavesTheSourcesOfOthers()
    {
        GeneratorDriver driver = Start(out SpecText first, out _);
        Dictionary<string, string> before = Texts(driver);
        string edited = First.Replace("type: u2", "type: u8", StringComparison.Ordinal);
        driver = driver
            .ReplaceAdditionalText(first, new SpecText(first.Path, edited))
            .RunGenerators(GeneratorRun.Compilation());
        Dictionary<string, string> after = Texts(driver);
        Assert.NotEqual(before["First.g.cs"], after["First.g.cs"]);
        Dictionary<string, IncrementalStepRunReason> reasons = GeneratorRun
            .Result(driver)
            .TrackedSteps[KsyGenerator.SourcesStep]
            .SelectMany(step => step.Outputs)
            .ToDictionary(output => ((GeneratedSource)output.Value).Name, output => output.Reason);
        Assert.Equal(IncrementalStepRunReason.Modified, reasons["First.g.cs"]);
        Assert.All(
            reasons.Where(pair => before[pair.Key] == after[pair.Key]),
            pair => Assert.Contains(pair.Value, Unchanged));
        Assert.All(
            ["KsySupport.g.cs", "SecondState.g.cs", "SecondReader.g.cs", "SecondWriter.g.cs"],
            name => Assert.Contains(reasons[name], Unchanged));
    }

    [Fact]
    public void AnEditOfOneSpecification_BindsOnlyWhatImportsIt()
    {
        SpecText library = new("a.ksy", "meta: {id: a}\ntypes: {t: {seq: [{id: x, type: u1}]}}\n");
        SpecText other = new("b.ksy", "meta: {id: b}\nseq: [{id: x, type: u1}]\n");
        SpecText user = new("c.ksy", "meta: {id: c, imports: [a]}\nseq: [{id: x, type: a::t}]\n");
        GeneratorDriver driver = GeneratorRun
            .Driver([library, other, user])
            .RunGenerators(GeneratorRun.Compilation())
            .ReplaceAdditionalText(library, new SpecText("a.ksy", library.GetText() + "# A comment.\n"))
            .RunGenerators(GeneratorRun.Compilation());
        Dictionary<string, IncrementalStepRunReason> reasons = GeneratorRun
            .Result(driver)
            .TrackedSteps[KsyGenerator.BindingStep]
            .SelectMany(step => step.Outputs)
            .ToDictionary(output => ((BindResult)output.Value).Model!.Main.Id, output => output.Reason);
        Assert.Equal(IncrementalStepRunReason.Cached, reasons["b"]);
        Assert.NotEqual(IncrementalStepRunReason.Cached, reasons["a"]);
        Assert.NotEqual(IncrementalStepRunReason.Cached, reasons["c"]);
    }

    [Fact]
    public void AnErrorThatIsMended_GivesTheSourcesBack()
    {
        GeneratorDriver driver = Start(out SpecText first, out _);
        Dictionary<string, string> before = Texts(driver);
        SpecText wrong = new(first.Path, First.Replace("type: u2", "type: u3", StringComparison.Ordinal));
        driver = driver.ReplaceAdditionalText(first, wrong).RunGenerators(GeneratorRun.Compilation());
        Assert.Equal("KSY0201", Assert.Single(GeneratorRun.Result(driver).Diagnostics).Id);
        Assert.DoesNotContain("First.g.cs", Texts(driver).Keys);
        driver = driver.ReplaceAdditionalText(wrong, first).RunGenerators(GeneratorRun.Compilation());
        Assert.Empty(GeneratorRun.Result(driver).Diagnostics);
        Assert.Equal(before, Texts(driver));
    }

    [Fact]
    public void TheNamespace_IsThatOfTheBuild()
    {
        SpecText spec = new("second.ksy", Second);
        Assert.Contains("namespace Ksy;", Generated(spec), StringComparison.Ordinal);
        Assert.Contains("namespace Root;", Generated(spec, ("RootNamespace", "Root")), StringComparison.Ordinal);
        Assert.Contains(
            "namespace Own.Name;",
            Generated(spec, ("RootNamespace", "Root"), ("KsyNamespace", "Own.Name")),
            StringComparison.Ordinal);
        Assert.Contains(
            "namespace my_tool._2;",
            Generated(spec, ("RootNamespace", "my-tool.2")),
            StringComparison.Ordinal);
    }

    private static string Generated(SpecText spec, params (string, string)[] properties)
    {
        GeneratorRunResult result = GeneratorRun.Result(
            GeneratorRun.Driver([spec], properties).RunGenerators(GeneratorRun.Compilation()));
        Assert.Empty(GeneratorRun.Compile(result));
        return result.GeneratedSources[0].SourceText.ToString();
    }

    private static GeneratorDriver Start(out SpecText first, out SpecText second)
    {
        first = new SpecText("first.ksy", First);
        second = new SpecText("second.ksy", Second);
        GeneratorDriver driver = GeneratorRun
            .Driver([first, second])
            .RunGenerators(GeneratorRun.Compilation("class C;"));
        Assert.Empty(GeneratorRun.Result(driver).Diagnostics);
        return driver;
    }

    private static Dictionary<string, string> Texts(GeneratorDriver driver) =>
        GeneratorRun
            .Result(driver)
            .GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    private static IEnumerable<IncrementalStepRunReason> Reasons(ImmutableArray<IncrementalGeneratorRunStep> steps)
    {
        Assert.NotEmpty(steps);
        return steps.SelectMany(step => step.Outputs).Select(output => output.Reason);
    }

    private static IEnumerable<IncrementalStepRunReason> Outputs(GeneratorDriver driver) =>
        GeneratorRun.Result(driver).TrackedOutputSteps.Values.SelectMany(Reasons);
}
