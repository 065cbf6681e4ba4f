using System.Globalization;
using Microsoft.CodeAnalysis;
using Nario.Ksy.Generator.Tests.Harness;

namespace Nario.Ksy.Generator.Tests;

/// <summary>Specifications that are right, whose C# could clash with itself or with the rules of C#.</summary>
public sealed class CompilationTests
{
    private const string Pair =
        "types: {r: {seq: [{id: a, type: u1}, {id: b, type: u1, enum: e}]}}\nenums: {e: {1: a}}\n";

    /// <summary>A specification's id must not hide a type that the generated code uses.</summary>
    [Theory]
    [InlineData("string_builder")]
    [InlineData("culture_info")]
    [InlineData("t_output")]
    [InlineData("write")]
    [InlineData("get_size")]
    [InlineData("label_of")]
    [InlineData("text_of")]
    [InlineData("method_impl")]
    [InlineData("method_impl_options")]
    [InlineData("method_impl_attribute")]
    public void IdsOfSpecifications_HideNothing(string id) =>
        Compiles(
            $"meta: {{id: {id}, endian: le}}\nseq:\n  - {{id: x, type: q}}\n  - {{id: y, size: 4, -stream: true}}\n"
                + "types: {q: {seq: [{id: a, type: u1, enum: e, valid: {in-enum: true}}, {id: b, type: u1, enum: e}, "
                + "{id: c, type: str, size: 1, encoding: ASCII, valid: {any-of: ['\"a\"', '\"b\"']}}]}}\n"
                + "enums: {e: {1: a}}\n");

    /// <summary>The methods of a writer are members as well, and begin with a word that a specification can begin with.</summary>
    [Theory]
    [InlineData("write", "{id: foo, contents: x}", "{id: foo_bytes, type: u1}")]
    [InlineData("write_foo", "{id: foo, type: r}", "{id: foo_writer, type: u1}")]
    [InlineData("write_foo", "{id: foo_step, type: u1}", "{id: foo_token, type: u1}")]
    public void MethodsOfWriters_HideNothing(string id, string first, string second) =>
        Compiles(
            $"meta: {{id: {id}, endian: le}}\nseq:\n  - {first}\n  - {second}\n  - {{id: y, size: 4, -stream: true}}\n"
                + Pair);

    [Fact]
    public void FieldsCalledAsTypesOfAnEmbeddedSpecification_HideNothing() =>
        Compiles(
            new SpecText(
                "outer.ksy",
                "meta: {id: outer, imports: [nar]}\nseq:\n"
                    + string.Concat(
                        "reader writer state token step".Split(' ').Select(kind =>
                            $"  - {{id: nar_{kind}, type: u1}}\n"))
                    + "  - {id: rest, type: nar}\n"),
            new SpecText("nar.ksy", "meta: {id: nar}\nseq: [{id: x, size: 1, -stream: true}]\n"));

    [Fact]
    public void FieldsCalledAsAFrame_DoNotClashWithIt() =>
        Compiles(
            """
            meta: {id: spec}
            seq:
              - {id: n, type: node}
              - {id: a, type: a}
              - {id: node_frame2, type: u1}
            types:
              node:
                -max-depth: 3
                seq:
                  - {id: node_frame, type: u1}
                  - {id: k, type: u1}
                  - {id: node, type: node, if: node_frame == 1}
                  - {id: m, type: u1, if: node_frame == 2}
              a:
                seq: [{id: x, type: node}]
                types:
                  node:
                    -max-depth: 3
                    seq:
                      - {id: node_frame2, type: u1}
                      - {id: node, type: node, if: node_frame2 == 1}

            """);

    [Fact]
    public void ParametersThatAreOneNameInCSharp_AreToldApart() =>
        Compiles(
            """
            meta: {id: spec}
            seq: [{id: n, type: 'node(1, 2, 3, 4, 5, 6)'}]
            types:
              node:
                params:
                  - {id: foo_1, type: u1}
                  - {id: foo1, type: u1}
                  - {id: length, type: u1}
                  - {id: length_value, type: u1}
                  - {id: b_frame, type: u1}
                  - {id: b_frame_value, type: u1}
                -max-depth: 3
                seq:
                  - {id: k, type: u1}
                  - {id: n, type: 'node(foo_1, foo1, length, length_value, b_frame, b_frame_value)', if: foo_1 == 1}
                  - {id: m, type: u1, if: foo1 == 2 and length == length_value and b_frame == b_frame_value}

            """);

    [Fact]
    public void LongNames_AreCut()
    {
        // A key of YAML is not longer than 1024 characters, other than a value.
        string name = new('a', 1100);
        string key = name[..1000];
        Compiles(
            $$"""
            meta: {id: {{name}} }
            seq:
              - {id: {{name}}, type: {{key}}t}
              - {id: {{name}}b, type: {{key}}t}
              - {id: {{name}}c, type: {{key}}p}
              - {id: {{name}}d, size: 4, -stream: true}
              - {id: {{name}}e, contents: abc}
              - {id: {{name}}f, size: 1100, type: str, encoding: ASCII, valid: {any-of: ['"{{name}}"', '"b{{name[1..]}}"']} }
            types:
              {{key}}t: {seq: [{id: {{name}}x, type: u1}, {id: {{name}}y, type: u1, enum: {{key}} }]}
              {{key}}p: {-max-depth: 3, seq: [{id: {{name}}x, type: u1}, {id: {{name}}y, type: {{key}}p, if: {{name}}x == 1}]}
            enums: { {{key}}: {1: {{name}}a, 2: {{name}}b} }

            """);
    }

    [Fact]
    public void ManyEmbeddedSpecifications_MakeOneBlockSize()
    {
        string[] ids = [.. Enumerable.Range(0, 40).Select(index => $"e{index}")];
        Compiles(
            [
                new SpecText(
                    "outer.ksy",
                    $"meta: {{id: outer, imports: [{string.Join(", ", ids)}]}}\nseq:\n"
                        + "  - {id: minimum_block_size2, type: u1}\n"
                        + string.Concat(ids.Select(id => $"  - {{id: x{id}, type: {id}}}\n"))),
                .. ids.Select((id, index) => new SpecText(
                    $"{id}.ksy",
                    $"meta: {{id: {id}}}\nseq: [{{id: x, size: {index + 1}}}, {{id: y, size: 1, -stream: true}}]\n")),
            ]);
    }

    [Theory]
    [InlineData("n == 1 ? 4000000000 : 2", "s")]
    [InlineData("n == 1 ? -1 : 4000000000", "s")]
    [InlineData("n == 1 ? 2 : 3", "body.length")]
    [InlineData("n == 1 ? 2 : 18446744073709551615", "(n == 2 ? 3 : 4)")]
    [InlineData("n & 7", "u & 1")]
    [InlineData("true ? n : -1", "not true or false ? 18446744073709551615 : 5")]
    public void Integers_HaveATypeInEveryComparison(string left, string right) =>
        Compiles(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                meta: {id: spec, endian: le}
                seq:
                  - {id: n, type: u1}
                  - {id: s, type: s4}
                  - {id: u, type: u4}
                  - {id: body, size: 'n == 1 ? 2 : 3'}
                  - {id: text, type: str, encoding: ASCII, size: n & 7, valid: {any-of: ['"a"', '"b"']} }
                instances:
                  i: {value: '({{left}}) < ({{right}})'}
                  j: {value: '{{left}}'}
                  k: {value: '{{right}}'}

                """));

    [Fact]
    public void LengthsThatAConditionChooses_CompareWithTheirLength() =>
        Compiles(
            """
            meta: {id: spec}
            seq:
              - {id: n, type: u1}
              - {id: body, size: 'n == 1 ? 2 : 3'}
              - {id: more, size: n & 3}
              - {id: rest, size: n & 7, -stream: true}

            """);

    [Fact]
    public void AllowedValuesThatAFieldCannotHold_DecideNothing() =>
        Compiles(
            """
            meta: {id: spec, endian: le}
            seq:
              - {id: tag, type: u1, valid: {any-of: [1, 300]}}
              - {id: one, type: u4, if: tag == 1}
              - {id: rest, size: 4, -stream: true}

            """);

    [Fact]
    public void ArgumentsBeyond63Bits_AreConvertedUnchecked() =>
        Compiles(
            """
            meta: {id: spec}
            seq: [{id: n, type: 't(e::y, e::x)'}]
            types:
              t:
                params: [{id: p, type: u8, enum: e}, {id: q, type: u8, enum: e}]
                seq: [{id: a, type: u1, if: 'p == e::x'}, {id: b, type: u1, if: 'q == e::x'}]
            enums: {e: {1: x, 18446744073709551615: y}}

            """);

    private static void Compiles(string text) => Compiles(new SpecText("spec.ksy", text));

    private static void Compiles(params SpecText[] specs)
    {
        GeneratorRunResult result = GeneratorRun.Run(specs);
        Assert.Empty(result.Diagnostics);
        Assert.Empty(GeneratorRun.Compile(result));
    }
}
