using System.Reflection;
using Nario.Ksy.Binding;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Syntax;
using Binder = Nario.Ksy.Binding.Binder;

namespace Nario.Ksy.Tests;

/// <summary>Every rule of the binder is reported at the place of its fault, and nothing else is.</summary>
public sealed class BinderRuleTests
{
    private const string Head = "meta: {id: a, endian: le}\n";
    private const string Animals = "enums: {animal: {1: cat, 2: dog}, plant: {1: oak}}\n";

    /// <summary>Rule, text with the fault between « and », and a part of the message.</summary>
    public static TheoryData<string, string, string> Faults { get; } = new()
    {
        { "KSY0023", Head + "seq:\n  - «{id: b}»\n", "'size'" },
        { "KSY0023", Head + "seq: [{id: b, type: «str», encoding: ASCII}]\n", "'size'" },
        { "KSY0201", Head + "seq: [{id: b, type: «c::d»}]\n", "'c::d'" },
        { "KSY0201", Head + "seq: [{id: b, type: u1}]\ninstances: {i: {value: b.as<«c»>}}\n", "'c'" },
        { "KSY0201", Head + "params: [{id: p, type: «c»}]\n", "'c'" },
        { "KSY0202", Head + "seq: [{id: b, size: «c»}]\n", "'c'" },
        { "KSY0202", Head + "seq: [{id: b, type: {switch-on: «c», cases: {1: u1}}}]\n", "'c'" },
        { "KSY0203", Head + "seq: [{id: b, type: u1, if: «1»}]\n", "a condition here, not an integer" },
        { "KSY0203", Head + "seq: [{id: b, size: '«\"c\"»'}]\n", "an integer here, not a string" },
        { "KSY0203", Head + "seq: [{id: b, type: u1, repeat: until, repeat-until: «_»}]\n", "a condition" },
        { "KSY0203", Head + "seq: [{id: b, type: u1, valid: {in-enum: true}}]\n".Replace("{in-enum: true}", "«{in-enum: true}»", StringComparison.Ordinal), "'enum'" },
        { "KSY0203", Head + "instances: {i: {pos: 0, io: «1», type: u1}}\n", "a stream" },
        { "KSY0203", Head + "to-string: «1 + 2»\n", "a string" },
        { "KSY0203", Head + "instances: {i: {value: '\"c\"', enum: «animal»}}\n" + Animals, "an integer" },
        { "KSY0203", Head + "seq: [{id: b, type: t, parent: «1»}]\ntypes: {t: {}}\n", "an object" },
        { "KSY0203", Head + "enums: {e: {type: «u3», values: {1: b}}}\n", "'u3'" },
        { "KSY0204", "meta: {id: a, imports: [«other»]}\n", "'other.ksy'" },
        { "KSY0205", Head + "seq: [{id: b, type: «t(1)»}]\ntypes: {t: {}}\n", "0 arguments, not 1" },
        { "KSY0206", Head + "seq: [{id: b, type: u1, enum: «e»}]\n", "'e'" },
        { "KSY0206", Head + "instances: {i: {value: «e::f»}}\n", "'e'" },
        { "KSY0207", Head + "instances: {i: {value: «animal::cow»}}\n" + Animals, "'cow'" },
        { "KSY0210", "meta: {id: a}\nseq: [{id: b, type: «u4»}]\n", "'u4le'" },
        { "KSY0210", "meta: {id: a}\nseq: [{id: b, type: «f8»}]\n", "'f8'" },
        { "KSY0212", Head + "seq: [{id: b, type: u1, enum: animal, if: «animal::cat == 1»}]\n" + Animals, "'animal'" },
        { "KSY0212", Head + "instances: {i: {value: «animal::cat == plant::oak»}}\n" + Animals, "'plant'" },
        { "KSY0212", Head + "instances: {i: {value: «animal::cat < animal::dog»}}\n" + Animals, "'<'" },
        { "KSY0212", Head + "instances: {i: {value: '«\"a\" == [0x41]»'}}\n", "a string and bytes" },
        { "KSY0212", Head + "seq: [{id: b, type: u1, valid: '«\"c\"»'}]\n", "an integer and a string" },
        { "KSY0212", Head + "seq: [{id: b, type: {switch-on: 1, cases: {«true»: u1}}}]\n", "a condition" },
        { "KSY0213", Head + "instances: {i: {value: «not 5»}}\n", "'not'" },
        { "KSY0213", Head + "instances: {i: {value: «animal::cat + 1»}}\n" + Animals, "'+'" },
        { "KSY0213", Head + "instances: {i: {value: true and «1»}}\n", "'and'" },
        { "KSY0214", Head + "instances: {i: {value: '«\"a\".min»'}}\n", "'min' in a string" },
        { "KSY0214", Head + "instances: {i: {value: '«[1].frobnicate»(2)'}}\n", "'frobnicate' in bytes" },
        { "KSY0214", Head + "seq: [{id: b, type: t}]\ninstances: {i: {value: «b.c»}}\ntypes: {t: {}}\n", "'c'" },
        { "KSY0214", Head + "types: {t: {instances: {i: {value: «_parent.c»}}}}\n", "an unknown type" },
        { "KSY0215", Head + "instances: {i: {value: '«[1].to_s(1)»'}}\n", "'to_s' takes a string" },
        { "KSY0215", Head + "seq: [{id: b, size: 1, process: «xor»}]\n", "'xor' takes" },
        { "KSY0216", Head + "instances: {i: {value: '«true ? 1 : \"a\"»'}}\n", "an integer and a string" },
        { "KSY0216", Head + "instances: {i: {value: '[1, «\"a\"»]'}}\n", "an integer and a string" },
        { "KSY0217", Head + "instances: {i: {value: «i» + 1}}\n", "'i'" },
        { "KSY0217", Head + "instances: {i: {value: j}, j: {value: «i»}}\n", "'i'" },
        { "KSY0218", Head + "seq: [{id: n, type: u1}, {id: b, size: n}]\ninstances: {i: {value: «b._sizeof»}}\n", "'b'" },
        { "KSY0218", Head + "instances: {i: {value: «sizeof<t>»}}\ntypes: {t: {seq: [{size-eos: true}]}}\n", "'t'" },
        { "KSY0219", Head + "seq: [{id: b, type: u1, «size»: 1}]\n", "'size' has no meaning for the type 'u1'" },
        { "KSY0219", Head + "seq: [{id: b, size: 1, «encoding»: ASCII}]\n", "bytes" },
        { "KSY0219", Head + "seq: [{id: b, size: 4, «enum»: animal}]\n" + Animals, "bytes" },
        { "KSY0220", Head + "seq: [{id: b, type: «strz»}]\n", "meta/encoding" },
        { "KSY0221", "meta: {id: a, encoding: «foo»}\n", "'foo'" },
        { "KSY0221", Head + "seq: [{id: b, type: strz, encoding: «foo»}]\n", "'foo'" },
        { "KSY0222", Head + "seq: [{id: b, type: strz, encoding: «utf8»}]\n", "'UTF-8'" },
        { "KSY0223", Head + "instances: {i: {value: «_»}}\n", "'_'" },
        { "KSY0223", Head + "instances: {i: {value: «_index»}}\n", "'_index'" },
        { "KSY0223", Head + "instances: {i: {value: «_on»}}\n", "'_on'" },
        { "KSY0224", Head + "instances: {i: {value: «18446744073709551616»}}\n", "18446744073709551616" },
        { "KSY0225", Head + "seq: [{id: b, type: «b65»}]\n", "'b65'" },
        { "KSY0226", Head + "seq: [{id: b, type: 't(«1.5»)'}]\ntypes: {t: {params: [{id: p, type: bool}]}}\n", "'p'" },
        { "KSY0302", Head + "seq: [{id: b, type: u1, «-strem»: true}]\n", "'-stream'" },
        { "KSY0303", Head + "seq: [{id: b, size: 1, -stream: «maybe»}]\n", "true" },
        { "KSY0303", Head + "-shape: «round»\n", "'view'" },
        { "KSY0304", Head + "seq: [{id: b, type: u1, «-max-depth»: 3}]\n", "a field" },
        { "KSY0304", Head + "types: {t: {«-shape»: view}}\n", "a type" },
        { "KSY0501", Head + "seq: [{id: «n», type: u1}, {id: b, size: n}]\n", "'len_b'" },
        { "KSY0502", Head + "seq: [{id: «n», type: u1}, {id: b, size: 1, repeat: expr, repeat-expr: n}]\n", "'num_b'" },
        { "KSY0503", Head + "seq: [{id: «n», type: u1}]\ninstances: {b: {pos: n, type: u1}}\n", "'ofs_b'" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_IsReportedAtItsPlace(string rule, string marked, string message)
    {
        int start = marked.IndexOf('«', StringComparison.Ordinal);
        int end = marked.IndexOf('»', StringComparison.Ordinal) - 1;
        string text = marked.Remove(end + 1, 1).Remove(start, 1);

        BindResult result = Binder.Bind(new SpecSource("spec.ksy", text), []);

        KsyDiagnostic found = Assert.Single(result.Diagnostics);
        Assert.Equal(
            (rule, text[start..end]), (found.Rule.Id, text.Substring(found.Span.Start, found.Span.Length)));
        Assert.Equal(start, found.Span.Start);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.Equal(found.Rule.Severity == KsySeverity.Error, result.Model is null);
    }

    [Fact]
    public void TwoFilesWithOneId_AreReportedAtTheImportedOne()
    {
        SpecSource main = new("a.ksy", "meta: {id: a, imports: [b]}\n");
        BindResult result = Binder.Bind(main, [main, new SpecSource("b.ksy", "meta: {id: a}\n")]);

        KsyDiagnostic found = Assert.Single(result.Diagnostics);
        Assert.Equal((BindingRules.DuplicateSpecification, "b.ksy"), (found.Rule, found.File));
    }

    [Fact]
    public void AChainOfDefinitionsThatIsTooLong_IsReported()
    {
        string instances = string.Concat(
            Enumerable.Range(0, 500).Select(index => $"  i{index}: {{value: i{index + 1}}}\n"));
        BindResult result = Binder.Bind(
            new SpecSource("a.ksy", $"meta: {{id: a}}\ninstances:\n{instances}  i500: {{value: 1}}\n"), []);

        Assert.Null(result.Model);
        Assert.All(result.Diagnostics, item => Assert.Equal(BindingRules.TooDeep, item.Rule));
    }

    [Fact]
    public void DeepExpressionsThatRestOnEachOther_AreReported()
    {
        string minus = new('-', 150);
        string instances = string.Concat(
            Enumerable.Range(0, 50).Select(index => $"  i{index}: {{value: '{minus}i{index + 1}'}}\n"));
        BindResult result = Binder.Bind(
            new SpecSource("a.ksy", $"meta: {{id: a}}\ninstances:\n{instances}  i50: {{value: 1}}\n"), []);

        Assert.Null(result.Model);
        Assert.All(result.Diagnostics, item => Assert.Equal(BindingRules.TooDeep, item.Rule));
    }

    [Fact]
    public void FaultsOfAllStages_AreReportedTogether()
    {
        BindResult result = Binder.Bind(
            new SpecSource(
                "a.ksy",
                """
                meta: {id: a}
                seq:
                  - {id: b, type: u1, sise: 3}
                  - {id: c, size: '1 *'}
                  - {id: d, type: nothing}
                  - {id: e, type: u1, if: d.x == 1}
                  - {id: f, type: u1, if: b}
                """),
            []);

        Assert.Equal(
            ["KSY0010", "KSY0106", "KSY0201", "KSY0203"], result.Diagnostics.Select(item => item.Rule.Id));
    }

    [Fact]
    public void EveryRule_HasAFault()
    {
        string[] elsewhere = [BindingRules.DuplicateSpecification.Id, BindingRules.TooDeep.Id];
        string[] tested = [.. Faults.Select(row => (string)((object[])row)[0]).Concat(elsewhere).Distinct()];
        Assert.All(
            typeof(BindingRules).GetFields(BindingFlags.Public | BindingFlags.Static),
            field => Assert.Contains(((KsyRule)field.GetValue(null)!).Id, tested));
    }
}
