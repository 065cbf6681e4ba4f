using System.Reflection;
using Microsoft.CodeAnalysis;
using Nario.Ksy.Binding;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Generator.Tests.Harness;
using Nario.Ksy.Lowering;

namespace Nario.Ksy.Generator.Tests;

/// <summary>Every rule reaches the compiler with file, line and column, and nothing is generated then.</summary>
public sealed class DiagnosticTests
{
    private const string Head = "meta: {id: a, endian: le, encoding: ASCII}\n";

    /// <summary>Rule, text with the fault between « and », and a part of the message.</summary>
    public static TheoryData<string, string, string> Faults { get; } =
        new()
        {
            { "KSY0001", "meta: {id: a}\nseq: x«»: 1\n", "not valid YAML" },
            { "KSY0002", "«»", "empty" },
            { "KSY0003", "meta: {id: a}\n«---»\nmeta: {id: b}\n", "second" },
            { "KSY0004", Repeat("[", 100) + "«»[", "100 levels" },
            { "KSY0005", "[" + Repeat("a,", 199_999) + "«a»]", "200000 nodes" },
            { "KSY0006", "meta: {id: a}\n«meta»: {id: b}\n", "'meta'" },
            { "KSY0007", "meta: {id: a}\ndoc: b\n«»[x]: 1\n", "scalar" },
            { "KSY0008", "meta: {id: a}\n# «\u0001»\n", "U+0001" },
            { "KSY0010", "meta: {id: a}\n«sek»: []\n", "did you mean 'seq'" },
            { "KSY0011", "meta: {id: a}\nseq: «{}»\n", "'seq' must be a list" },
            { "KSY0012", "«doc: a»\n", "'meta' is missing" },
            { "KSY0013", "meta: {id: a}\nseq: [{contents: b, «type»: u1}]\n", "'contents' and 'type'" },
            { "KSY0014", "meta: {id: a}\nseq: [{type: u1, «repeat-expr»: 1}]\n", "'repeat: expr'" },
            { "KSY0015", "meta: {id: «A»}\n", "'A'" },
            { "KSY0016", "meta: {id: a}\nseq: [{id: b, type: u1}, {id: «b», type: u1}]\n", "'b'" },
            { "KSY0017", "meta: {id: a, endian: «middle»}\n", "not 'middle'" },
            { "KSY0018", "meta: {id: a}\nseq: [{terminator: «256»}]\n", "not '256'" },
            { "KSY0019", "meta: {id: a}\nenums: {e: {«b»: c}}\n", "'b'" },
            { "KSY0020", "meta: {id: a}\nenums: {e: {16: b, «0x10»: c}}\n", "16" },
            { "KSY0021", "meta: {id: a}\nenums: {e: {1: b, 2: «b»}}\n", "'b'" },
            { "KSY0022", "meta: {id: a, ks-version: «0.7f»}\n", "'0.7f'" },
            { "KSY0023", "meta: {id: a}\nseq:\n  - «id: b»\n", "'size'" },
            { "KSY0024", "meta: {id: a}\nseq: [{type: «'u1[]'»}]\n", "'u1[]'" },
            { "KSY0094", "meta: {id: a}\ndoc: «&b c»\n", "anchors" },
            { "KSY0095", "meta: {id: a}\nenums: {e: {«0x1_0000_0000_0000_0000»: c}}\n", "64 bits" },
            { "KSY0101", "meta: {id: a}\ninstances: {i: {value: '« »'}}\n", "missing" },
            { "KSY0102", "meta: {id: a}\ninstances: {i: {value: b «$» c}}\n", "'$'" },
            { "KSY0103", "meta: {id: a}\ninstances: {i: {value: 'b + «\"c»'}}\n", "not closed" },
            { "KSY0104", "meta: {id: a}\ninstances: {i: {value: '\"b«\\q»\"'}}\n", "'\\q'" },
            { "KSY0105", "meta: {id: a}\ninstances: {i: {value: 1 + «017»}}\n", "'017'" },
            { "KSY0106", "meta: {id: a}\ninstances: {i: {value: b «c»}}\n", "found 'c'" },
            { "KSY0107", "meta: {id: a}\ninstances: {i: {value: '" + Repeat("(", 200) + "«(»1'}}\n", "200" },
            { "KSY0108", "meta: {id: a}\ninstances: {i: {value: b + «C»}}\n", "'C'" },
            { "KSY0109", "meta: {id: a}\ninstances: {i: {value: b < c «<» d}}\n", "do not chain" },
            { "KSY0110", "meta: {id: a}\ninstances: {i: {value: b«(»1)}}\n", "method" },
            { "KSY0201", Head + "seq: [{id: x, type: «nothing»}]\n", "'nothing'" },
            { "KSY0201", Head + "seq: [{id: x, type: «a::nothing»}]\n", "'a::nothing'" },
            { "KSY0202", Head + "seq: [{id: x, size: «y»}]\n", "'y'" },
            { "KSY0203", Head + "seq: [{id: x, size: «x»}]\n", "bytes" },
            {
                "KSY0214",
                Head + "seq: [{id: h, type: h}, {id: x, size: «h.y»}]\ntypes: {h: {seq: [{id: z, type: u1}]}}\n",
                "'y'"
            },
            { "KSY0217", Head + "seq: [{id: x, type: u1}]\ninstances: {i: {value: «i» + 1}}\n", "'i'" },
            { "KSY0203", Head + "seq: [{id: x, type: u1, if: «1»}]\n", "a condition here, not an integer" },
            { "KSY0203", Head + "seq: [{id: x, size: '«\"a\"»'}]\n", "an integer here, not a string" },
            { "KSY0203", Head + "seq: [{id: x, type: u1, valid: «{in-enum: true}»}]\n", "'enum'" },
            { "KSY0204", "meta:\n  id: a\n  imports:\n    - «other»\n", "'other.ksy'" },
            {
                "KSY0205",
                Head + "seq: [{id: x, type: «t(1)»}]\ntypes: {t: {seq: [{id: y, type: u1}]}}\n",
                "0 arguments, not 1"
            },
            { "KSY0206", Head + "seq: [{id: x, type: u1, enum: «e»}]\n", "'e'" },
            { "KSY0206", Head + "seq: [{id: x, type: u1, if: «e::b» == 1}]\n", "'e'" },
            {
                "KSY0207",
                Head + "seq: [{id: x, type: u1}, {id: y, type: u1, if: x == «e::b»}]\nenums: {e: {1: c}}\n",
                "'b'"
            },
            { "KSY0209", Head + "seq: [{id: x, type: str, size: 1, valid: {any-of: ['«\"long\"»']}}]\n", "'long'" },
            {
                "KSY0209",
                Head + "seq: [{id: x, type: str, size: 1, valid: {any-of: ['«\"a\\nb\"»']}}]\n",
                "'a\\u000ab'"
            },
            {
                "KSY0209",
                Head
                    + "seq:\n- {id: x, type: str, size: 1, valid: {any-of: ['\"a\"', '\"b\"']}}\n"
                    + "- {id: y, type: u1, if: 'x == «\"\\e\"»'}\n",
                "'\\u001b'"
            },
            { "KSY0209", Head + "seq: [{id: x, type: u1, valid: «256»}]\n", "256" },
            { "KSY0210", "meta: {id: a}\nseq: [{id: x, type: «u4»}]\n", "'u4le'" },
            {
                "KSY0301",
                Head + "seq: [{id: x, type: t}]\ntypes:\n  «t»: {seq: [{id: y, type: t, if: 1 == 2}]}\n",
                "'-max-depth'"
            },
            { "KSY0303", Head + "seq: [{id: x, size: 5, -stream: «maybe»}]\n", "true" },
            {
                "KSY0303",
                Head + "seq: [{id: x, type: t}]\ntypes: {t: {-max-depth: «0», seq: [{id: y, type: u1}]}}\n",
                "from 1 to"
            },
            { "KSY0304", Head + "seq: [{id: x, type: u1, «-stream»: true}]\n", "field of bytes" },
            { "KSY0304", Head + "seq: [«{id: x, size: 5, terminator: 0, -stream: true}»]\n", "without 'valid'" },
            { "KSY0304", Head + "«-max-depth»: 5\nseq: [{id: x, type: u1}]\n", "that others contain" },
            { "KSY0401", Head + "seq: [«{id: x, type: f4}»]\n", "floating-point" },
            { "KSY0401", Head + "seq: [«{id: x, type: str, size: 4, encoding: UTF-16LE}»]\n", "encodings" },
            { "KSY0401", Head + "seq: [{id: x, type: u1}]\ninstances: {i: {value: «x ^ 1»}}\n", "operation" },
            {
                "KSY0402",
                Head + "seq: [{id: n, type: u4}, «{id: x, size: n}», {id: y, size: 1, -stream: true}]\n",
                "4294967295 bytes"
            },
            { "KSY0403", Head + "seq: [{id: n, type: u8}, {id: x, size: «n - 1»}]\n", "64-bit" },
            {
                "KSY0404",
                Head
                    + "seq: [{id: n, size: 4}, {id: y, size: 1, -stream: true}, «{id: x, type: u1, if: n.min == 1}»]\n",
                "'n'"
            },
            { "KSY0405", Head + "seq: [{id: x, type: t}]\ntypes:\n  «t»: {}\n", "'t'" },
            { "KSY0407", Head + "seq: [{id: n, type: u4}, {id: x, size: «n - 1»}]\n", "-1" },
            {
                "KSY0408",
                Head + "seq: [«{id: x, type: t, repeat: eos}»]\ntypes: {t: {seq: [{id: y, size: 0, if: 1 == 1}]}}\n",
                "'x'"
            },
            {
                "KSY0409",
                Head + "seq: [{id: x, type: t}]\ntypes: {t: {-max-depth: 3, seq: [{id: n, type: u1}, «{id: y, type: t}»]}}\n",
                "'t'"
            },
            { "KSY0212", Head + "seq: [{id: x, type: str, size: 4, encoding: ASCII, valid: «5»}]\n", "an integer" },
            { "KSY0203", Head + "seq: [{id: x, type: 't(«300»)'}]\n" + Parameter("u1"), "from 0 to 255" },
            { "KSY0203", Head + "seq: [{id: x, type: 't(«-1»)'}]\n" + Parameter("u8"), "not one from -1 to -1" },
            {
                "KSY0203",
                Head + "seq: [{id: n, type: s8}, {id: x, type: 't(«n»)'}]\n" + Parameter("u8"),
                "not one from -9223372036854775808"
            },
            {
                "KSY0203",
                Head + "seq: [{id: n, type: u8}, {id: x, type: 't(«n»)'}]\n" + Parameter("s8"),
                "to 18446744073709551615"
            },
            { "KSY0401", Head + Nonnegative("«n < 18446744073709551615»"), "63 bits" },
            { "KSY0410", Head + "seq: [{id: x, type: u1}]\ninstances: {«i»: {pos: 0, type: u1}}\n", "seeks" },
            { "KSY0410", Head + "seq: [{id: x, type: u1, if: «_root».x == 1}]\n", "'_root'" },
            { "KSY0410", Head + "instances: {«i»: {value: 1}}\n", "no fields" },
            { "KSY0412", Head + "-shape: view\nseq: [«{id: x, type: u1, repeat: eos}»]\n", "piece by piece" },
            { "KSY0412", "meta: {id: «a»}\n-shape: stream\nseq: [{id: x, type: u1}]\n", "read at once" },
            { "KSY0401", Head + Nonnegative("«n * 2» == 4"), "63 bits" },
            {
                "KSY0224",
                Head + "seq: [{id: x, type: u1, repeat: expr, repeat-expr: «18446744073709551616»}]\n",
                "64-bit"
            },
            { "KSY0224", Head + "seq: [{id: x, type: u1}]\ninstances: {i: {value: «-9223372036854775809»}}\n", "64-bit" },
            {
                "KSY0403",
                Head + "seq: [{id: n, type: u8}, {id: m, type: s8}]\ninstances: {i: {value: '«n == 1 ? n : m»'}}\n",
                "64-bit"
            },
            { "KSY0406", Head + "seq: [{id: x, size: «9223372036854775808», -stream: true}]\n", "9223372036854775808" },
            { "KSY0406", Head + "seq: [{id: x, size: 2147483647}, «{id: y, size: 1}»]\n", "2147483647 bytes" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_IsReportedAtItsPlace(string rule, string marked, string message)
    {
        string text = Unmark(marked, out int start, out int end);
        GeneratorRunResult result = GeneratorRun.Run(new SpecText("folder/spec.ksy", text));
        Diagnostic found = Assert.Single(result.Diagnostics);
        Assert.Empty(result.GeneratedSources);
        CheckPlace(found, "folder/spec.ksy", text, start, end);
        Assert.Equal(rule, found.Id);
        Assert.Equal(DiagnosticSeverity.Error, found.Severity);
        Assert.Contains(
            message,
            found.GetMessage(System.Globalization.CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    [Fact]
    public void TextThatReadersQuoteInTheirErrors_IsOneLine()
    {
        GeneratorRunResult result = GeneratorRun.Run(new SpecText(
            "spec.ksy",
            Head
                + "seq:\n- {id: x, type: str, size: 3, valid: {any-of: ['\"a\\nb\"', '\"c\\ed\"']}}\n"
                + "- {id: y, type: u1, valid: {expr: _ != 3}, doc: \"E\\rF\"}\n"));
        Assert.Empty(result.Diagnostics);
        string code = string.Concat(result.GeneratedSources.Select(static source => source.SourceText.ToString()));
        Assert.Contains("\\\"a\\\\u000ab\\\"", code, StringComparison.Ordinal);
        Assert.Contains("\\\"c\\\\u001bd\\\"", code, StringComparison.Ordinal);
        Assert.Contains("e\\\\u000dF", code, StringComparison.Ordinal);
    }

    [Fact]
    public void AnInstanceOfAStream_IsSaidNotToBeHandedOut()
    {
        GeneratorRunResult result = GeneratorRun.Run(
            Head + "seq: [{id: x, type: u1, repeat: eos}]\ninstances: {i: {value: 1}}\n");
        Diagnostic found = Assert.Single(result.Diagnostics);
        Assert.Equal((LoweringRules.NotHandedOut.Id, DiagnosticSeverity.Warning), (found.Id, found.Severity));
        Assert.NotEmpty(result.GeneratedSources);
    }

    [Fact]
    public void AListInARootOfNoStatedShape_IsRefusedUnlessAStreamIsAskedFor()
    {
        const string List = "seq: [{id: x, type: u1, repeat: eos}]\n";
        GeneratorRunResult Run(string text, string shape) => GeneratorRun.Result(
            GeneratorRun.Driver([new SpecText("a.ksy", text)], ("KsyShape", shape))
                .RunGenerators(GeneratorRun.Compilation()));
        Assert.Equal(LoweringRules.OtherShape.Id, Assert.Single(Run(Head + List, "").Diagnostics).Id);
        Assert.Empty(Run(Head + List, "stream").Diagnostics);
        Assert.Empty(Run(Head + "-shape: stream\n" + List, "").Diagnostics);
    }

    [Fact]
    public void TwoFilesWithOneId_AreReportedAtTheSecond()
    {
        GeneratorRunResult result = GeneratorRun.Run(
            new SpecText("a.ksy", Head + "seq: [{id: x, type: u1}]\n"),
            new SpecText("b.ksy", "meta:\n  id: a\nseq: [{id: x, type: u1}]\n"));
        Diagnostic found = Assert.Single(result.Diagnostics);
        Assert.Equal("KSY0208", found.Id);
        CheckPlace(found, "b.ksy", "meta:\n  id: a\n", 12, 13);
    }

    [Fact]
    public void SpecificationsThatContainEachOther_AreReportedAtTheFields()
    {
        static string Spec(string id, string other) =>
            $"meta: {{id: {id}, imports: [{other}]}}\nseq:\n  - {{id: n, type: u1}}\n  - {{id: more, type: {other}, if: n == 1}}\n  - {{id: z, size: n, -stream: true}}\n";
        GeneratorRunResult result = GeneratorRun.Run(
            new SpecText("a.ksy", Spec("a", "b")),
            new SpecText("b.ksy", Spec("b", "a")));
        Assert.Equal(
            ["a.ksy(4,5) KSY0211", "b.ksy(4,5) KSY0211"],
            result.Diagnostics.Select(item =>
                $"{item.Location.GetLineSpan().Path}({item.Location.GetLineSpan().StartLinePosition.Line + 1},{item.Location.GetLineSpan().StartLinePosition.Character + 1}) {item.Id}"
            ));
        Assert.Empty(result.GeneratedSources);
    }

    [Fact]
    public void AMistakeInAnImport_IsReportedThereAndStopsWhatImportsIt()
    {
        const string Outer = "meta: {id: outer, imports: [middle]}\nseq:\n  - {id: m, type: middle}\n";
        const string Middle = "meta: {id: middle, imports: [inner]}\nseq:\n  - {id: i, type: inner}\n";
        const string Inner = "meta: {id: inner}\nseq:\n  - {id: n, type: u1}\n  - {id: x, size: n, -stream: true}\n";
        SpecText[] good = [new("outer.ksy", Outer), new("middle.ksy", Middle), new("inner.ksy", Inner)];
        Assert.Empty(GeneratorRun.Run(good).Diagnostics);
        Assert.Empty(GeneratorRun.Compile(GeneratorRun.Run(good)));
        foreach (string broken in new[]
            {
                Inner.Replace("size: n", "size: m", StringComparison.Ordinal),
                Inner.Replace("seq", "sek", StringComparison.Ordinal),
            })
        {
            GeneratorRunResult result = GeneratorRun.Run(good[0], good[1], new SpecText("inner.ksy", broken));
            Assert.Equal("inner.ksy", Assert.Single(result.Diagnostics).Location.GetLineSpan().Path);
            Assert.Empty(result.GeneratedSources);
        }
    }

    [Fact]
    public void AMistakeInATypeThatNothingUses_IsReportedOnce()
    {
        const string Library = """
            meta: {id: library, endian: le}
            types:
              list:
                params: [{id: most, type: u8}]
                seq:
                  - {id: count, type: u8, valid: {max: most}}
                  - {id: items, size: COUNT, repeat: expr, repeat-expr: count}
            """;
        Assert.Empty(GeneratorRun.Run(Library.Replace("COUNT", "most", StringComparison.Ordinal)).Diagnostics);
        const string User = "meta: {id: user, imports: [library]}\nseq:\n  - {id: x, type: library::list(5)}\n";
        string wrong = Library.Replace("COUNT", "missing", StringComparison.Ordinal);
        foreach (SpecText[] specs in new SpecText[][]
            {
                [new("library.ksy", wrong)],
                [new("library.ksy", wrong), new("user.ksy", User)],
                [new("a/user.ksy", User), new("library.ksy", wrong)],
            })
        {
            GeneratorRunResult result = GeneratorRun.Run(specs);
            Diagnostic found = Assert.Single(result.Diagnostics);
            Assert.Equal(
                ("KSY0202", "library.ksy", 6),
                (found.Id, found.Location.GetLineSpan().Path, found.Location.GetLineSpan().StartLinePosition.Line));
            Assert.Empty(result.GeneratedSources);
        }
    }

    [Fact]
    public void EveryRuleOfABackend_HasAFault()
    {
        string[] elsewhere =
            [LoweringRules.EmbedsItself.Id, LoweringRules.TooLarge.Id, LoweringRules.NotHandedOut.Id];
        string[] tested = [.. Faults.Select(row => (string)((object[])row)[0]).Concat(elsewhere)];
        Assert.All(
            typeof(LoweringRules).GetFields(BindingFlags.Public | BindingFlags.Static),
            field => Assert.Contains(((KsyRule)field.GetValue(null)!).Id, tested));
    }

    [Fact]
    public void AnalyzerReleases_ListEveryRule()
    {
        string folder = Repository.PathOf("generators", "Nario.Ksy.Generator");
        string[] listed =
        [
            .. File.ReadLines(Path.Combine(folder, "AnalyzerReleases.Shipped.md"))
                .Concat(File.ReadLines(Path.Combine(folder, "AnalyzerReleases.Unshipped.md")))
                .Where(line => line.StartsWith("KSY", StringComparison.Ordinal)),
        ];
        Assert.Equal(Rules().Select(rule => $"{rule.Id} | Ksy | {rule.Severity} | {rule.Title}"), listed);
    }

    private static IEnumerable<KsyRule> Rules() =>
        new[] { typeof(KsyRules), typeof(BindingRules), typeof(LoweringRules) }
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (KsyRule)field.GetValue(null)!)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal);

    private static string Unmark(string marked, out int start, out int end)
    {
        start = marked.IndexOf('«', StringComparison.Ordinal);
        end = marked.IndexOf('»', StringComparison.Ordinal) - 1;
        return marked.Remove(end + 1, 1).Remove(start, 1);
    }

    private static void CheckPlace(Diagnostic found, string file, string text, int start, int end)
    {
        FileLinePositionSpan span = found.Location.GetLineSpan();
        string before = text[..start];
        int line = before.Count(character => character == '\n');
        int column = start - (before.LastIndexOf('\n') + 1);
        Assert.Equal((file, line, column), (span.Path, span.StartLinePosition.Line, span.StartLinePosition.Character));
        Assert.Equal((start, end), (found.Location.SourceSpan.Start, found.Location.SourceSpan.End));
    }

    private static string Parameter(string type) =>
        $"types: {{t: {{params: [{{id: p, type: {type}}}], seq: [{{id: a, type: u1, valid: {{max: p}}}}]}}}}\n";

    private static string Nonnegative(string condition) =>
        $"seq: [{{id: n, type: s8, valid: {{min: 0}}}}, {{id: x, type: u1, if: {condition}}}]\n";

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
