using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Nario.Ksy.Generator.Tests.Harness;

namespace Nario.Ksy.Generator.Tests;

/// <summary>Specifications that are made to be too much end in a diagnostic.</summary>
public sealed class LimitTests
{
    private const string Head = "meta: {id: a, endian: le}\n";
    private const string Streamed = "  - {id: body, size: 1, -stream: true}\n";

    [Fact]
    public void TypesThatContainAnotherTwice_AreTooLarge()
    {
        static string Doubling(string last) =>
            Head
            + "seq:\n  - {id: x, type: t0}\n"
            + Streamed
            + "types:\n"
            + string.Concat(
                Enumerable
                    .Range(0, 30)
                    .Select(index =>
                        $"  t{index}: {{seq: [{{id: x, type: t{index + 1}}}, {{id: y, type: t{index + 1}}}]}}\n"))
            + $"  t30: {{seq: [{last}]}}\n";
        Refuses(Doubling("{id: n, type: u1}"), "KSY0406");
        Refuses(Doubling("{id: n, type: u1}, {id: x, type: u1, repeat: expr, repeat-expr: n}"), "KSY0406");
    }

    [Fact]
    public void TypesThatLieDeep_AreTooLarge()
    {
        string Chain(string last, bool isForward)
        {
            IEnumerable<int> order = Enumerable.Range(0, 1000);
            return Head
                + "seq:\n  - {id: x, type: t0}\n"
                + Streamed
                + "types:\n"
                + string.Concat(
                    (isForward ? order : order.Reverse()).Select(index =>
                        index == 999
                            ? $"  t{index}: {{seq: [{last}]}}\n"
                            : $"  t{index}: {{seq: [{{id: x, type: t{index + 1}}}]}}\n"));
        }

        foreach (bool isForward in new[] { true, false })
        {
            Refuses(Chain("{id: n, type: u1}", isForward), "KSY0406");
            Refuses(Chain("{id: n, type: u1}, {id: x, type: u1, repeat: expr, repeat-expr: n}", isForward), "KSY0406");
        }
    }

    [Fact]
    public void RecursiveTypesThatLieDeep_AreTooLarge() =>
        Refuses(
            Head
                + "seq:\n  - {id: x, type: t0}\ntypes:\n"
                + string.Concat(
                    Enumerable
                        .Range(0, 1000)
                        .Select(index =>
                            $"  t{index}: {{-max-depth: 9, seq: [{{id: n, type: u1}}, {{id: x, type: t{(index + 1) % 1000}, if: n == 1}}]}}\n"
                        )),
            "KSY0406");

    [Theory]
    [InlineData("- {id: fINDEX, type: u1}")]
    [InlineData("- {id: fINDEX, size: 3, -stream: true}")]
    [InlineData("- {id: fINDEX, type: u1, repeat: expr, repeat-expr: 3}")]
    [InlineData("- {id: fINDEX, size: 1, type: str, encoding: ASCII, valid: {any-of: ['\"a\"', '\"b\"']}}")]
    public void ManyFields_AreTooMany(string field)
    {
        StringBuilder text = new(Head + "seq:\n");
        for (int index = 0; index < 20_000; index++)
        {
            text.Append("  ")
                .Append(field.Replace("INDEX", index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
                .Append('\n');
        }

        Refuses(text.ToString(), "KSY0406", "KSY0005");
    }

    [Fact]
    public void ManyDecisions_AreNoTrouble()
    {
        StringBuilder text = new(Head + "seq:\n");
        for (int index = 0; index < 1000; index++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  - {{id: f{index}, type: u1, valid: {{any-of: [0, 1]}}}}\n  - {{id: g{index}, size: 1, if: f{index} == 1, -stream: true}}\n"
            );
        }

        // Just below the limit of instructions it compiles, and does not take forever to find out which fields need no
        // token.
        GeneratorRunResult result = GeneratorRun.Run(text.ToString());
        Assert.Empty(result.Diagnostics);
        Assert.NotEmpty(result.GeneratedSources);
    }

    [Fact]
    public void ManyTypes_AreTooMany() =>
        Refuses(
            Head
                + "types:\n"
                + string.Concat(
                    Enumerable
                        .Range(0, 9000)
                        .Select(index => $"  t{index}: {{seq: [{{id: x, type: u1}}, {{id: y, type: u2}}]}}\n")),
            "KSY0406");

    [Fact]
    public void EnumerationsWithManyMembers_AreTooLarge()
    {
        string Enumeration(int count) =>
            Head
            + "seq:\n  - {id: x, type: u4, enum: e, valid: {in-enum: true}}\nenums:\n  e:\n"
            + string.Concat(Enumerable.Range(0, count).Select(index => $"    {index}: m{index}\n"));
        Refuses(Enumeration(60_000), "KSY0406");
        GeneratorRunResult result = GeneratorRun.Run(Enumeration(10_000));
        Assert.Empty(result.Diagnostics);
        Assert.Empty(GeneratorRun.Compile(result));
    }

    [Theory]
    [InlineData("type: u4")]
    [InlineData("type: str, size: 5, encoding: ASCII")]
    public void ManyAlternatives_AreTooMany(string type)
    {
        string quote = type.Contains("str", StringComparison.Ordinal) ? "'\"{0:D5}\"'" : "{0}";
        string Field(int count) =>
            Head
            + $"seq:\n  - {{id: x, {type}, valid: {{any-of: [{string.Join(", ", Enumerable.Range(0, count).Select(value => string.Format(CultureInfo.InvariantCulture, quote, value)))}]}}}}\n";
        Refuses(Field(50_000), "KSY0406");
        GeneratorRunResult result = GeneratorRun.Run(Field(256));
        Assert.Empty(result.Diagnostics);
        Assert.Empty(GeneratorRun.Compile(result));
    }

    [Fact]
    public void InstancesThatNameOthersTwice_AreTooMuch() =>
        Refuses(
            Head
                + "seq:\n  - {id: x, type: u1}\n  - {id: y, size: 1, if: i0 == 1, -stream: true}\ninstances:\n"
                + string.Concat(
                    Enumerable
                        .Range(0, 40)
                        .Select(index => $"  i{index}: {{value: i{index + 1} % 7 + i{index + 1} % 5}}\n"))
                + "  i40: {value: x}\n",
            "KSY0406",
            "KSY0411");

    [Fact]
    public void InstancesThatNameOneAnotherInALongRow_AreTooMuch() =>
        Refuses(
            Head
                + "seq:\n  - {id: x, type: u1}\ninstances:\n"
                + string.Concat(
                    Enumerable.Range(0, 20_000).Select(index => $"  i{index}: {{value: i{index + 1} % 7}}\n"))
                + "  i20000: {value: x}\n",
            "KSY0227");

    [Fact]
    public void OrderThatWouldKeepMuch_IsTooLarge() =>
        Refuses(
            Head
                + "seq: [{id: root, type: t}]\ntypes:\n  t:\n    -max-depth: 60000\n    seq:\n      - {id: items, type: i, repeat: until, repeat-until: _.n == 0}\n"
                + "  i:\n    seq:\n      - {id: n, type: u1}\n      - {id: name, size: 255}\n      - {id: order, size: 0, -ascending: name}\n      - {id: more, type: t, if: n == 1}\n",
            "KSY0406");

    [Fact]
    public void ImportsInARing_AreNoTrouble()
    {
        SpecText[] specs =
        [
            .. Enumerable
                .Range(0, 40)
                .Select(index => new SpecText(
                    $"ring{index}.ksy",
                    $"meta: {{id: ring{index}, imports: [ring{(index + 1) % 40}, ring{(index + 7) % 40}]}}\nseq: [{{id: x, type: u1}}]\ntypes: {{t: {{seq: [{{id: y, type: ring{(index + 1) % 40}}}]}}}}\n"
                )),
        ];
        GeneratorRunResult result = GeneratorRun.Run(specs);
        Assert.Empty(result.Diagnostics);
        Assert.Empty(GeneratorRun.Compile(result));
    }

    [Fact]
    public void LongNamesAndTexts_AreNoTrouble()
    {
        string name = "n" + new string('a', 400);
        GeneratorRunResult result = GeneratorRun.Run(
            $"meta: {{id: {name}, endian: le}}\ndoc: {new string('d', 100_000)}\nseq:\n  - {{id: {name}, type: u1}}\n  - {{id: c, contents: [{string.Join(", ", Enumerable.Range(0, 50_000).Select(index => index % 256))}]}}\n"
        );
        Assert.Empty(result.Diagnostics);
        Assert.Empty(GeneratorRun.Compile(result));
    }

    private static void Refuses(string spec, params string[] rules)
    {
        GeneratorRunResult result = GeneratorRun.Run(spec);
        Assert.NotEmpty(result.Diagnostics);
        Assert.All(result.Diagnostics, item => Assert.Contains(item.Id, rules));
        Assert.Empty(result.GeneratedSources);
    }
}
