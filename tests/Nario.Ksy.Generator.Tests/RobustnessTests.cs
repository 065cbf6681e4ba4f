using System.Text.RegularExpressions;
using FsCheck.Xunit;
using Microsoft.CodeAnalysis;
using Nario.Ksy.Generator.Tests.Harness;

namespace Nario.Ksy.Generator.Tests;

/// <summary>
/// Whatever a specification says, the generator gives diagnostics of its own or C# that compiles, without a warning.
/// </summary>
public sealed partial class RobustnessTests
{
    /// <summary>Names that the generated code uses itself, or that clash with one another as C# names.</summary>
    private static readonly string[] Names =
    [
        "value", "size", "position", "source", "destination", "consumed", "fault", "status", "state", "step", "token",
        "view", "length", "room", "text", "inner", "span", "read", "write", "try_read", "get_size", "offset", "end",
        "none", "reset", "remaining", "is_complete", "math", "exception", "array", "enum", "system",
        "operation_status", "binary_primitives", "read_only_span", "ksy_support", "ksy_fault", "equals", "get_type",
        "to_string", "get_hash_code", "class", "int", "string", "nameof", "field", "record", "var", "text_of", "foo_1",
        "foo1", "foo__1", "foo", "foo_bytes", "foo_count", "foo_start", "foo_end", "foo_rest", "foo_item", "foo_frame",
        "foo_text", "foo_status", "foo_view", "foo_size", "foo_length", "foo_value", "item", "root", "yield",
        "suspend", "stop", "wrong", "pass_over", "skip_content", "bytes_to_skip", "advance", "take", "flush",
        "complete", "failed", "return", "a_b", "ab", "count", "spec", "spec_reader",
        "write_foo", "write_checked", "label_of", "node_frame", "node_frame2", "minimum_block_size", "t_output",
        "string_builder", "culture_info",
    ];

    private static readonly string[] Words =
    [
        .. Names,
        "u1", "u2", "u4le", "u8", "s1", "s4be", "s8", "str", "strz", "f4", "b3", "0", "1", "-1", "8", "255", "65536",
        "18446744073709551615", "true", "false", "eos", "expr", "until", "_", "_index", "not", "and", "or", "+", "-",
        "*", "/", "%", "&", "==", "!=", "<", ">=", "ASCII", "UTF-16LE", "le", "be", "regular",
        "'\"x\"'",
        "[1, 2]", "_.length", "_.min", "min", "max", "any-of", "in-enum", "-stream", "-max-depth", "-ascending",
        "-max-size", "size-eos", "terminator", "if", "repeat", "type", "contents", "valid", "doc", "\u2028", "\u00e9",
        "<&>",
    ];

    /// <summary>Specifications that belong together; the first is the one that is changed.</summary>
    private static readonly SpecText[][] Seeds = [.. MakeSeeds()];

    [Property(MaxTest = 200)]
    public void ChangedSpecification_IsRefusedOrCompiles(int seed)
    {
        Random random = new(seed);
        SpecText[] specs = Seeds[random.Next(Seeds.Length)];
        string text = specs[0].GetText().ToString();
        for (int count = random.Next(1, 6); count > 0; count--)
        {
            MatchCollection words = Word().Matches(text);
            Match word = words[random.Next(words.Count)];
            text = text.Remove(word.Index, word.Length).Insert(word.Index, Words[random.Next(Words.Length)]);
        }

        Check([new SpecText(specs[0].Path, text), .. specs.Skip(1)]);
    }

    [Property(MaxTest = 100)]
    public void AnyText_IsRefusedOrCompiles(string text) => Check([new SpecText("spec.ksy", text ?? "")]);

    [Fact]
    public void NamesOfRecords_DoNotClash()
    {
        string fields = string.Concat(
            Names.Select(
                (name, index) =>
                    (index % 5) switch
                    {
                        0 => $"      - {{id: {name}, type: u1, doc: \"A <b> & c.\\nMore\\u2028\\x85 of it.\"}}\n",
                        1 => $"      - {{id: {name}, size: 4, valid: {{expr: '_ != [0x80, 1, 2, 3]'}}}}\n",
                        2 =>
                            $"      - {{id: {name}, type: str, size: 1, encoding: ASCII, valid: {{any-of: ['\"a\"', '\"b\"']}}}}\n",
                        3 => $"      - {{id: {name}, type: u1, repeat: expr, repeat-expr: 3, valid: 0}}\n",
                        _ => $"      - {{id: {name}, type: small}}\n",
                    }));
        CheckCompiles(
            $"meta: {{id: spec, endian: le}}\ntypes:\n  small: {{seq: [{{id: small, type: u2}}, {{id: spec, type: u2}}]}}\n  all:\n    seq:\n{fields}"
        );
    }

    [Fact]
    public void NamesOfTokens_DoNotClash()
    {
        string fields = string.Concat(
            Names.Select(
                (name, index) =>
                    (index % 6) switch
                    {
                        0 => $"  - {{id: {name}, type: u1}}\n",
                        1 => $"  - {{id: {name}, size: 4, -stream: true}}\n",
                        2 => $"  - {{id: {name}, type: u2, repeat: expr, repeat-expr: 3}}\n",
                        3 => $"  - {{id: {name}, contents: x}}\n",
                        4 => $"  - {{id: {name}, type: node}}\n",
                        _ =>
                            $"  - {{id: {name}, type: str, size: 1, encoding: ASCII, valid: {{any-of: ['\"a\"', '\"b\"']}}}}\n",
                    }));
        CheckCompiles(
            $"meta: {{id: spec, endian: le}}\nseq:\n{fields}types:\n  node:\n    -max-depth: 3\n    seq: [{{id: size, type: u1}}, {{id: node, type: node, if: size == 1}}]\n"
        );
    }

    [Fact]
    public void NamesOfTypesAndEnumerations_DoNotClash()
    {
        string types = string.Concat(
            Names.Select(name =>
                $"  {name}: {{seq: [{{id: {name}, type: u1, enum: {name}}}, {{id: more, type: u4}}]}}\n"));
        string enums = string.Concat(
            Names.Select(
                (name, index) =>
                    $"  {name}: {{{string.Join(", ", Names.Take(index == 0 ? Names.Length : 2).Select((label, value) => $"{value}: {label}"))}}}\n"
            ));
        string fields = string.Concat(Names.Select(name => $"  - {{id: {name}, type: {name}}}\n"));
        CheckCompiles(
            $"meta: {{id: spec, endian: le}}\nseq:\n{fields}  - {{id: zz, size: 1, -stream: true}}\ntypes:\n{types}enums:\n{enums}"
        );
    }

    [Fact]
    public void NamesOfSpecifications_DoNotClash()
    {
        string[] ids = [.. Names, "foo_reader", "foo_state", "fo_o", "f_oo"];
        SpecText[] specs =
        [
            .. ids.Select(id => new SpecText(
                id + ".ksy",
                $"meta: {{id: {id}}}\nseq: [{{id: n, type: u1, enum: e}}, {{id: {id}, type: {id}_t}}, {{id: x, size: 1, -stream: true}}]\ntypes: {{{id}_t: {{seq: [{{id: n, type: u1}}, {{id: m, type: u1}}]}}}}\nenums: {{e: {{1: a}}}}\n"
            )),
        ];
        GeneratorRunResult result = GeneratorRun.Run(specs);
        Assert.Empty(result.Diagnostics);
        Assert.Empty(GeneratorRun.Compile(result));
    }

    /// <summary>What a writer chooses by the next call: a string, a number, a record that one of them settles.</summary>
    [Theory]
    [InlineData("type: str, size: 1, encoding: ASCII, valid: {any-of: ['\"a\"', '\"b\"']}", "tag == \"a\"")]
    [InlineData("type: u1, valid: {any-of: [1, 2]}", "tag == 1")]
    [InlineData("type: text", "tag.name == \"a\"")]
    public void Decisions_CompileAndNeedNoCall(string tag, string condition)
    {
        string text = $$"""
            meta: {id: spec, endian: le}
            seq:
              - {id: tag, {{tag}} }
              - {id: one, type: u4, if: '{{condition}}'}
              - {id: size, type: u4}
              - {id: rest, size: size, -stream: true}
            types:
              text: {seq: [{id: name, type: str, size: 1, encoding: ASCII, valid: {any-of: ['"a"', '"b"']} }]}

            """;
        CheckCompiles(text);
        Assert.DoesNotContain(
            GeneratorRun.Run(text).GeneratedSources,
            static source => source.SourceText.ToString().Contains("WriteTag(", StringComparison.Ordinal));
    }

    private static void CheckCompiles(string text)
    {
        GeneratorRunResult result = GeneratorRun.Run(text);
        Assert.Empty(result.Diagnostics);
        Assert.Empty(GeneratorRun.Compile(result));
    }

    private static void Check(SpecText[] specs)
    {
        GeneratorRunResult result = GeneratorRun.Run(specs);
        Assert.All(result.Diagnostics, item => Assert.StartsWith("KSY", item.Id, StringComparison.Ordinal));
        foreach (Diagnostic item in result.Diagnostics)
        {
            SpecText spec = specs.Single(spec => spec.Path == item.Location.GetLineSpan().Path);
            Assert.InRange(item.Location.SourceSpan.End, 0, spec.GetText().Length);
            Assert.DoesNotContain('\n', item.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        }

        string wrong = string.Join("\n", GeneratorRun.Compile(result));
        Assert.True(wrong.Length == 0, $"{specs[0].GetText()}\n{wrong}");
    }

    private static IEnumerable<SpecText[]> MakeSeeds()
    {
        SpecText[] own =
        [
            .. Directory
                .GetFiles(Repository.PathOf("spec"), "*.ksy")
                .Select(file => new SpecText(file, File.ReadAllText(file))),
        ];
        foreach (SpecText spec in own)
        {
            yield return [spec, .. own.Where(other => other != spec)];
        }

        foreach (string file in Directory.GetFiles(
                Repository.PathOf("tests", "Nario.Ksy.Generator.Tests", "Formats"),
                "*.ksy"))
        {
            yield return [new SpecText(file, File.ReadAllText(file))];
        }
    }

    [GeneratedRegex(@"[\w\-]+|[^\w\s]", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
