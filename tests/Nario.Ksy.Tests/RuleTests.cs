using System.Reflection;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Tests;

/// <summary>Every rule is reported at the place of its fault, and nothing else is.</summary>
public sealed class RuleTests
{
    /// <summary>Rule, text with the fault between « and », and a part of the message.</summary>
    public static TheoryData<string, string, string> Faults { get; } = new()
    {
        { "KSY0001", "meta: {id: a}\nseq: x«»: 1\n", "not valid YAML" },
        { "KSY0001", "meta:\n : id: a\n«»", "missing" },
        { "KSY0002", "«»", "empty" },
        { "KSY0002", "«»# only a comment\n", "empty" },
        { "KSY0003", "meta: {id: a}\n«---»\nmeta: {id: b}\n", "second" },
        { "KSY0004", Repeat("[", 100) + "«»[", "100 levels" },
        { "KSY0005", "[" + Repeat("a,", 199_999) + "«a»]", "200000 nodes" },
        { "KSY0006", "meta: {id: a}\n«meta»: {id: b}\n", "'meta'" },
        { "KSY0007", "meta: {id: a}\ndoc: b\n«»[x]: 1\n", "scalar" },
        { "KSY0008", "meta: {id: a}\n# «\u0001»\n", "U+0001" },
        { "KSY0008", "meta: {id: a}\n# «\u007f»\n", "U+007F" },
        { "KSY0010", "meta: {id: a}\n«sek»: []\n", "'sek' in a specification; did you mean 'seq'?" },
        { "KSY0010", "meta: {id: a}\nseq:\n  - {size: 1, «frobnicate»: 1}\n", "'frobnicate' in an element of 'seq'." },
        { "KSY0010", "meta: {id: a}\nseq:\n  - {size: 1, «pos»: 1}\n", "'pos'" },
        { "KSY0010", "meta: {id: a}\ninstances:\n  b: {value: 1, «size»: 1}\n", "a value instance" },
        { "KSY0010", "meta: {id: a, «endain»: le}\n", "did you mean 'endian'?" },
        { "KSY0010", "meta: {id: a}\nparams: [{id: b, «valid»: 1}]\n", "a parameter" },
        { "KSY0010", "meta: {id: a}\nenums: {e: {1: {id: b, «dok»: c}}}\n", "did you mean 'doc'?" },
        { "KSY0010", "meta: {id: a}\nseq: [{type: {switch-on: 1, cases: {}, «case»: 1}}]\n", "a switched type" },
        { "KSY0010", "meta: {id: a}\nseq: [{type: u1, valid: {eq: 1, «mim»: 1}}]\n", "did you mean 'min'?" },
        { "KSY0011", "«[]»", "The specification must be a mapping" },
        { "KSY0011", "meta: {id: a}\nseq: «{}»\n", "'seq' must be a list" },
        { "KSY0011", "meta: {id: a}\nseq:«» \n", "'seq' must be a list" },
        { "KSY0011", "meta: {id: a}\nseq: [«b»]\n", "must be a mapping" },
        { "KSY0011", "meta: {id: a}\ntypes: {t: «5»}\n", "'t' must be a mapping" },
        { "KSY0011", "meta: {id: a}\nseq: [{size: 1, size-eos: «'true'»}]\n", "true or false" },
        { "KSY0011", "meta: {id: a}\ninstances: {i: {value: «~»}}\n", "an expression" },
        { "KSY0011", "meta: {id: a}\nseq: [{type: u1, valid: «[1]»}]\n", "'valid' must be an expression" },
        { "KSY0011", "meta: {id: a}\nseq: [{type: u1, valid: {any-of: «[]»}}]\n", "at least one" },
        { "KSY0011", "meta: {id: a}\nseq: [{contents: «5»}]\n", "text or a list" },
        { "KSY0011", "meta: {id: a}\nseq: [{terminator: «[]»}]\n", "at least one byte" },
        { "KSY0011", "meta: {id: a}\nenums: {e: {1: «null»}}\n", "a label" },
        { "KSY0011", "meta: {id: a}\nseq: [{type: {switch-on: 1, cases: {1: «[]»}}}]\n", "the name of a type" },
        { "KSY0011", "meta: {id: a, imports: «null»}\n", "a list" },
        { "KSY0011", "meta: {id: a, imports: [«{}»]}\n", "a name" },
        { "KSY0012", "«doc: a»\n", "'meta' is missing" },
        { "KSY0012", "meta: «{endian: le}»\n", "'id' is missing" },
        { "KSY0012", "meta: {id: a}\nparams: [«{type: u1}»]\n", "'id' is missing" },
        { "KSY0012", "meta: {id: a}\nseq: [{type: «{cases: {1: u1}}»}]\n", "'switch-on' is missing" },
        { "KSY0012", "meta: {id: a}\nseq: [{type: «{switch-on: 1}»}]\n", "'cases' is missing" },
        { "KSY0012", "meta: {id: a}\nseq: [{type: u1, valid: «{}»}]\n", "'eq', 'min'" },
        { "KSY0013", "meta: {id: a}\nseq: [{contents: b, «type»: u1}]\n", "'contents' and 'type'" },
        { "KSY0013", "meta: {id: a}\nseq: [{size: 1, «size-eos»: true}]\n", "'size' and 'size-eos'" },
        { "KSY0013", "meta: {id: a}\nseq: [{type: u1, valid: {min: 1, «expr»: true}}]\n", "'min' and 'expr'" },
        { "KSY0014", "meta: {id: a}\nseq: [{type: u1, «repeat-expr»: 1}]\n", "'repeat: expr'" },
        { "KSY0014", "meta: {id: a}\nseq: [{type: u1, repeat: eos, «repeat-until»: _ == 1}]\n", "'repeat: until'" },
        { "KSY0014", "meta: {id: a}\nseq: [{type: u1, repeat: «expr»}]\n", "'repeat-expr'" },
        { "KSY0014", "meta: {id: a}\nseq: [{type: u1, repeat: «until»}]\n", "'repeat-until'" },
        { "KSY0015", "meta: {id: «A»}\n", "'A'" },
        { "KSY0015", "meta: {id: a}\nseq: [{id: «9b», type: u1}]\n", "name of a field" },
        { "KSY0015", "meta: {id: a}\ntypes: {«_t»: {}}\n", "name of a type" },
        { "KSY0015", "meta: {id: a}\nenums: {«e-e»: {}}\n", "name of an enumeration" },
        { "KSY0015", "meta: {id: a}\nenums: {e: {1: «B»}}\n", "label" },
        { "KSY0015", "meta: {id: a}\nparams: [{id: «B»}]\n", "name of a parameter" },
        { "KSY0015", "meta: {id: a}\ninstances: {«B»: {value: 1}}\n", "name of an instance" },
        { "KSY0015", "meta: {id: a}\nseq: [{type: u1, enum: «a::B»}]\n", "'B'" },
        { "KSY0016", "meta: {id: a}\nseq: [{id: b, type: u1}, {id: «b», type: u1}]\n", "'b'" },
        { "KSY0016", "meta: {id: a}\nparams: [{id: b}]\ninstances: {«b»: {value: 1}}\n", "'b'" },
        { "KSY0017", "meta: {id: a, endian: «middle»}\n", "'le' or 'be', not 'middle'" },
        { "KSY0017", "meta: {id: a, bit-endian: «middle»}\n", "'bit-endian'" },
        { "KSY0017", "meta: {id: a}\nseq: [{type: u1, repeat: «forever»}]\n", "not 'forever'" },
        { "KSY0017", "meta: {id: a}\nseq: [{type: u1, valid: {in-enum: «false»}}]\n", "'true'" },
        { "KSY0018", "meta: {id: a}\nseq: [{terminator: «256»}]\n", "not '256'" },
        { "KSY0018", "meta: {id: a}\nseq: [{terminator: «\"0\"»}]\n", "not '0'" },
        { "KSY0018", "meta: {id: a}\nseq: [{size: 1, pad-right: «-1»}]\n", "'pad-right'" },
        { "KSY0018", "meta: {id: a}\nseq: [{contents: [1, «1.5»]}]\n", "'contents'" },
        { "KSY0018", "meta: {id: a}\nseq: [{contents: [1, «017»]}]\n", "not '017'" },
        { "KSY0018", "meta: {id: a}\nseq: [{contents: [1, «true»]}]\n", "not 'true'" },
        { "KSY0018", "meta: {id: a}\nseq: [{contents: [1, «{}»]}]\n", "a list or a mapping" },
        { "KSY0019", "meta: {id: a}\nenums: {e: {«b»: c}}\n", "'b'" },
        { "KSY0020", "meta: {id: a}\nenums: {e: {16: b, «0x10»: c}}\n", "16" },
        { "KSY0021", "meta: {id: a}\nenums: {e: {1: b, 2: «b»}}\n", "'b'" },
        { "KSY0022", "meta: {id: a, ks-version: «0.7f»}\n", "'0.7f'" },
        { "KSY0022", "meta: {id: a, ks-version: «0.07»}\n", "'0.07'" },
        { "KSY0024", "meta: {id: a}\nseq: [{type: «'u1[]'»}]\n", "'u1[]'" },
        { "KSY0094", "meta: {id: a}\ndoc: «&b c»\n", "anchors" },
        { "KSY0094", "meta: {id: a}\ndoc: «!!str c»\n", "tags" },
        { "KSY0094", "meta: {id: a}\ndoc: «*b»\n", "aliases" },
        { "KSY0095", "meta: {id: a}\nenums: {e: {«0x1_0000_0000_0000_0000»: c}}\n", "64 bits" },
        { "KSY0101", "meta: {id: a}\ninstances: {i: {value: '« »'}}\n", "missing" },
        { "KSY0102", "meta: {id: a}\ninstances: {i: {value: b «$» c}}\n", "'$'" },
        { "KSY0103", "meta: {id: a}\ninstances: {i: {value: 'b + «\"c»'}}\n", "not closed" },
        { "KSY0103", "meta: {id: a}\ninstances: {i: {value: \"b + «'c»\"}}\n", "not closed" },
        { "KSY0104", "meta: {id: a}\ninstances: {i: {value: '\"b«\\q»\"'}}\n", "'\\q'" },
        { "KSY0104", "meta: {id: a}\ninstances: {i: {value: '\"b«\\u12\"»'}}\n", "'\\u12\"'" },
        { "KSY0104", "meta: {id: a}\ninstances: {i: {value: '\"«\\777777»\"'}}\n", "'\\777777'" },
        { "KSY0105", "meta: {id: a}\ninstances: {i: {value: 1 + «017»}}\n", "'017'" },
        { "KSY0105", "meta: {id: a}\ninstances: {i: {value: 1 + «0b2»}}\n", "'0b2'" },
        { "KSY0105", "meta: {id: a}\ninstances: {i: {value: «1e999»}}\n", "'1e999'" },
        { "KSY0106", "meta: {id: a}\ninstances: {i: {value: b «c»}}\n", "the end of the expression, found 'c'" },
        { "KSY0106", "meta: {id: a}\ninstances: {i: {value: b +«»}}\n", "Expected a value, found the end" },
        { "KSY0106", "meta: {id: a}\ninstances: {i: {value: '(b«»'}}\n", "Expected ')'" },
        { "KSY0106", "meta: {id: a}\nseq: [{type: 'b(1, «)»'}]\n", "Expected a value, found ')'" },
        { "KSY0106", "meta: {id: a}\nseq: [{type: «'B'»}]\n", "the name of a type, found 'B'" },
        { "KSY0106", "meta: {id: a}\ninstances: {i: {value: 'f\"{b «c»}\"'}}\n", "Expected '}'" },
        { "KSY0107", "meta: {id: a}\ninstances: {i: {value: '" + Repeat("(", 200) + "«(»1'}}\n", "200" },
        { "KSY0107", "meta: {id: a}\ninstances: {i: {value: 'b" + Repeat(".c", 199) + "«.»c'}}\n", "200" },
        { "KSY0107", "meta: {id: a}\ninstances: {i: {value: 'b" + Repeat("+b", 199) + "+«b»'}}\n", "200" },
        { "KSY0108", "meta: {id: a}\ninstances: {i: {value: b + «C»}}\n", "'C'" },
        { "KSY0108", "meta: {id: a}\ninstances: {i: {value: «_b»}}\n", "'_b'" },
        { "KSY0109", "meta: {id: a}\ninstances: {i: {value: b < c «<» d}}\n", "do not chain" },
        { "KSY0110", "meta: {id: a}\ninstances: {i: {value: b«(»1)}}\n", "method" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_IsReportedAtItsPlace(string rule, string marked, string message)
    {
        int start = marked.IndexOf('«', StringComparison.Ordinal);
        int end = marked.IndexOf('»', StringComparison.Ordinal) - 1;
        string text = marked.Remove(end + 1, 1).Remove(start, 1);
        DiagnosticBag diagnostics = new("spec.ksy");

        SpecParser.Parse("spec.ksy", text, diagnostics);

        KsyDiagnostic found = Assert.Single(diagnostics.Items);
        string before = text[..start];
        int line = before.Count(c => c == '\n');
        int column = start - (before.LastIndexOf('\n') + 1);
        Assert.Equal(
            (rule, line, column, start), (found.Rule.Id, found.Span.Line, found.Span.Column, found.Span.Start));
        Assert.Equal(text[start..end], text.Substring(found.Span.Start, found.Span.Length));
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.StartsWith($"spec.ksy({line + 1},{column + 1}): {rule}: ", found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void HalfASurrogatePair_IsInvalid()
    {
        DiagnosticBag diagnostics = new("spec.ksy");
        SpecParser.Parse("spec.ksy", "meta: {id: a}\n# \U0001F600\uD83D x\n", diagnostics);

        KsyDiagnostic found = Assert.Single(diagnostics.Items);
        Assert.Equal(KsyRules.InvalidCharacter, found.Rule);
        Assert.Equal(new SourceSpan(18, 1, 1, 4, 1, 5), found.Span);
    }

    [Fact]
    public void EveryRule_HasAFaultAndAnIdentifierOfItsOwn()
    {
        string[] rules = [.. typeof(KsyRules).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => ((KsyRule)field.GetValue(null)!).Id)
            .Order(StringComparer.Ordinal)];

        Assert.Equal(rules, rules.Distinct());
        Assert.Equal(rules, Faults.Select(row => (string)((object[])row)[0]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Message_IsOneShortLine()
    {
        DiagnosticBag diagnostics = new("spec.ksy");
        SpecParser.Parse("spec.ksy", "meta: {id: a}\n\"b\\n\\x1b" + Repeat("c", 500) + "\": 1\n", diagnostics);

        string message = Assert.Single(diagnostics.Items).Message;
        Assert.StartsWith("Unknown key 'b\\u000a\\u001bccc", message, StringComparison.Ordinal);
        Assert.True(message.Length < 200);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
