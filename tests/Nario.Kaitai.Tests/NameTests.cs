using System.Text.Json.Nodes;
using Nario.Ksy.Generator.Tests.Harness;

namespace Nario.Kaitai.Tests;

/// <summary>Names of specifications that clash with each other or with C#.</summary>
public sealed class NameTests
{
    [Theory]
    [InlineData("stream")]
    [InlineData("encoding")]
    [InlineData("math")]
    [InlineData("list")]
    [InlineData("buffer")]
    [InlineData("exception")]
    [InlineData("file")]
    [InlineData("array")]
    [InlineData("object")]
    [InlineData("system")]
    [InlineData("ksy_input")]
    [InlineData("ksy_object")]
    [InlineData("enum")]
    [InlineData("rune")]
    [InlineData("convert")]
    public void ASpecificationNamedAsSomethingOfTheLibrary_HidesNothing(string id)
    {
        using CompiledClasses classes = new(
        [
            new SpecText(
                "spec.ksy",
                $$$"""
                meta: {id: {{{id}}}, endian: le}
                seq:
                  - {id: text, type: strz, encoding: SJIS}
                  - {id: {{{id}}}, type: {{{id}}}, if: 'text == "x"'}
                  - {id: packed, size: 3, process: zlib, if: 'text == "y"'}
                  - {id: entries, type: t, repeat: eos}
                types: {t: {seq: [{id: e, type: u1, enum: {{{id}}}, valid: {in-enum: true}}]}}
                enums: { {{{id}}}: {1: {{{id}}}, 2: other} }
                """),
        ]);
    }

    [Fact]
    public void MembersThatClash_AreToldApart()
    {
        using CompiledClasses classes = new(
            """
            meta: {id: spec}
            seq:
              - {id: spec, type: u1}
              - {id: class, type: u1}
              - {id: foo_1, type: u1}
              - {id: foo1, type: u1}
              - {id: get_type, type: u1}
              - {id: to_string, type: u1}
              - {id: equals, type: u1}
              - {id: from_bytes, type: u1}
              - {id: ksy_io, type: u1}
              - {id: io, type: u1}
              - {id: parent, type: u1}
              - {id: header, type: header}
              - {id: kind, type: u1, enum: kind}
              - {id: kinds, type: u1, enum: kind, valid: {eq: 'kind::kind'}}
            instances:
              first: {value: spec + class + foo_1 + foo1 + get_type + to_string}
              sum: {value: first + equals + from_bytes + ksy_io + io + parent}
              is_kind: {value: 'kind == kind::kind'}
            types: {header: {seq: [{id: header, type: u1}]}}
            enums: {kind: {13: kind}}
            """);
        object spec = classes.Read(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 13);
        Assert.Equal(66, CompiledClasses.Get(spec, "sum"));
        Assert.Equal(true, CompiledClasses.Get(spec, "is_kind"));
        JsonNode tree = ObjectTree.Of(spec)!;
        Assert.Equal("{\"header\":12}", tree["header"]!.ToJsonString().Replace("2\":", "\":",
            StringComparison.Ordinal));
    }
}
