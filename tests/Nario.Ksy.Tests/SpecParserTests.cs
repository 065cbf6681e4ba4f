using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Syntax;
using Nario.Ksy.Yaml;

namespace Nario.Ksy.Tests;

/// <summary>What becomes of every key.</summary>
public sealed class SpecParserTests
{
    [Fact]
    public void Meta_IsRead()
    {
        SpecSyntax spec = Parse("""
            meta:
              id: a
              title: A title
              application: [x, y]
              file-extension: nar
              xref: {wikidata: Q1}
              license: MIT
              tags: [t]
              ks-version: 0.11
              ks-debug: false
              ks-opaque-types: false
              imports: [b, /common/c, ../d]
              encoding: UTF-8
              endian: be
              bit-endian: be
              -note: 1
            doc: |
              Of the file.
            doc-ref: https://example.org
            """);

        Assert.Equal("spec.ksy", spec.File);
        Assert.Equal(("a", "A title", Endianness.Big, "UTF-8"),
            (spec.Meta.Id!.Text, spec.Meta.Title, spec.Meta.Endian, spec.Meta.Encoding));
        Assert.Equal(["b", "/common/c", "../d"], spec.Meta.Imports.Select(import => import.Text));
        Assert.Equal(11, spec.Meta.Imports[0].Span.Line);
        Assert.Equal("-note", Assert.Single(spec.Meta.Annotations).Key);
        Assert.Same(spec.Meta, spec.Root.Meta);
        Assert.Null(spec.Root.Name);
        Assert.Equal("Of the file.\n", spec.Root.Doc);
    }

    [Fact]
    public void Attribute_TakesDefaults()
    {
        AttributeSyntax attribute = ParseAttribute("size: 4");

        Assert.Equal("4", ExpressionWriter.Write(attribute.Size));
        Assert.True(attribute.Consume);
        Assert.True(attribute.EosError);
        Assert.False(attribute.Include);
        Assert.False(attribute.SizeToEnd);
        Assert.Null(attribute.Id);
        Assert.Null(attribute.Doc);
        Assert.Null(attribute.Type);
        Assert.Null(attribute.Contents);
        Assert.Null(attribute.Terminator);
        Assert.Null(attribute.PadRight);
        Assert.Null(attribute.Encoding);
        Assert.Null(attribute.Enum);
        Assert.Null(attribute.Condition);
        Assert.Null(attribute.Repeat);
        Assert.Null(attribute.Validation);
        Assert.Empty(attribute.Annotations);
    }

    [Fact]
    public void Attribute_TakesEveryKey()
    {
        AttributeSyntax attribute = ParseAttribute(
            "id: b, doc: D, doc-ref: R, type: str, size: c + 1, encoding: ASCII, terminator: 0x0a, consume: false, "
            + "include: true, eos-error: false, pad-right: 0b11, enum: 't::e', if: not d, repeat: eos, -x: {y: 1}");

        Assert.Equal(("b", "D", "ASCII", (byte)3, "t::e"),
            (attribute.Id!.Text, attribute.Doc, attribute.Encoding, attribute.PadRight, attribute.Enum!.Text));
        Assert.Equal("str", ExpressionWriter.Write(Assert.IsType<NamedTypeSyntax>(attribute.Type).Name));
        Assert.Equal("(c Add 1)", ExpressionWriter.Write(attribute.Size));
        Assert.Equal("(Not d)", ExpressionWriter.Write(attribute.Condition));
        Assert.Equal([10], attribute.Terminator!.Bytes);
        Assert.False(attribute.Consume);
        Assert.True(attribute.Include);
        Assert.False(attribute.EosError);
        Assert.IsType<RepeatToEnd>(attribute.Repeat);
        AnnotationSyntax annotation = Assert.Single(attribute.Annotations);
        Assert.Equal("-x", annotation.Key);
        Assert.IsType<YamlMapping>(annotation.Value);
    }

    [Theory]
    [InlineData("PACK-1", "5041434b2d31")]
    [InlineData("'5'", "35")]
    [InlineData("\"\\x00\\xe9\"", "00c3a9")]
    [InlineData("[1, 0xff, 0b11, 0o17, 1_0, 00]", "01ff030f0a00")]
    [InlineData("[13, 0, nix, '(', 0]", "0d006e69782800")]
    [InlineData("[[1, 2], [a, [3]]]", "01026103")]
    [InlineData("['1', \"2\", 3]", "313203")]
    [InlineData("[]", "")]
    public void Contents_AreEncoded(string source, string hex) =>
        Assert.Equal(Convert.FromHexString(hex), ParseAttribute("contents: " + source).Contents!.Bytes);

    [Fact]
    public void Terminator_MayHaveSeveralBytes() =>
        Assert.Equal([13, 10], ParseAttribute("terminator: [0x0d, 0x0a]").Terminator!.Bytes);

    [Fact]
    public void SizeToEnd_IsRead() => Assert.True(ParseAttribute("size-eos: true").SizeToEnd);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("'\"abc\"'", "\"abc\"")]
    [InlineData("abc", "abc")]
    [InlineData("\"abc\"", "abc")]
    [InlineData("true", "true")]
    [InlineData("{eq: -1}", "(Minus 1)")]
    public void Valid_Equal(string source, string expected) =>
        Assert.Equal(expected, ExpressionWriter.Write(Assert.IsType<ValidEqual>(ParseValid(source)).Value));

    [Theory]
    [InlineData("{min: 1, max: 0xf}", "1", "15")]
    [InlineData("{max: a, min: 1}", "1", "a")]
    [InlineData("{min: 1}", "1", "null")]
    [InlineData("{max: 1}", "null", "1")]
    public void Valid_Range(string source, string minimum, string maximum)
    {
        ValidRange range = Assert.IsType<ValidRange>(ParseValid(source));
        Assert.Equal(
            (minimum, maximum), (ExpressionWriter.Write(range.Minimum), ExpressionWriter.Write(range.Maximum)));
    }

    [Fact]
    public void Valid_OtherForms()
    {
        ValidAnyOf anyOf = Assert.IsType<ValidAnyOf>(ParseValid("{any-of: [0, '\"a\"', b]}"));
        Assert.Equal(["0", "\"a\"", "b"], anyOf.Values.Select(ExpressionWriter.Write));
        Assert.IsType<ValidMember>(ParseValid("{in-enum: true}"));
        Assert.Equal(
            "(_ Greater 1)",
            ExpressionWriter.Write(Assert.IsType<ValidExpression>(ParseValid("{expr: _ > 1}")).Condition));
    }

    [Fact]
    public void Repeat_IsRead()
    {
        RepeatSyntax? count = ParseAttribute("type: u1, repeat: expr, repeat-expr: a + 1").Repeat;
        Assert.Equal("(a Add 1)", ExpressionWriter.Write(Assert.IsType<RepeatCount>(count).Count));
        RepeatSyntax? until = ParseAttribute("type: u1, repeat: until, repeat-until: _ == 0").Repeat;
        Assert.Equal("(_ Equal 0)", ExpressionWriter.Write(Assert.IsType<RepeatUntil>(until).Condition));
        Assert.IsType<RepeatToEnd>(ParseAttribute("type: u1, repeat: eos").Repeat);
    }

    [Fact]
    public void Type_TakesArguments()
    {
        NamedTypeSyntax type = Assert.IsType<NamedTypeSyntax>(
            ParseAttribute("type: 'a::b(1, \"x\", c + 1)'").Type);

        Assert.Equal(["a", "b"], type.Name.Parts);
        Assert.Equal(["1", "\"x\"", "(c Add 1)"], type.Arguments.Select(ExpressionWriter.Write));
        Assert.Equal(new SourceSpan(28, 4, 1, 14, 1, 18), type.Name.Span);
        Assert.Empty(Assert.IsType<NamedTypeSyntax>(ParseAttribute("type: a()").Type).Arguments);
    }

    [Fact]
    public void Type_TakesCases()
    {
        SwitchTypeSyntax type = Assert.IsType<SwitchTypeSyntax>(ParseAttribute(
            "type: {switch-on: a.b, cases: {'\"x\"': t(1), 0x10: u1, 'e::f': v::w, true: u2, _: z}}").Type);

        Assert.Equal("a.b", ExpressionWriter.Write(type.On));
        Assert.Equal(
            ["\"x\"", "16", "enum(;e;f)", "true", "null"],
            type.Cases.Select(item => ExpressionWriter.Write(item.Value)));
        Assert.Equal(
            ["t", "u1", "v::w", "u2", "z"], type.Cases.Select(item => ExpressionWriter.Write(((NamedTypeSyntax)item.Type).Name)));
    }

    [Fact]
    public void NestedTypes_AreRead()
    {
        TypeSyntax root = Parse("""
            meta: {id: a}
            types:
              t:
                meta: {endian: le, encoding: ASCII}
                doc: D
                params:
                  - {id: p, type: 'u::v[]', doc: E, -x: 1}
                  - {id: q, type: u1, enum: e}
                  - id: r
                -max-depth: 64
                types: {n: {seq: [{size: 1}]}}
                instances:
                  i: {value: p, if: q, enum: e, doc: F, -y: 2}
                enums: {e: {1: one}}
            """).Root;

        TypeSyntax type = Assert.Single(root.Types);
        Assert.Equal(("t", "D", Endianness.Little), (type.Name!.Text, type.Doc, type.Meta!.Endian));
        Assert.Equal(["p", "q", "r"], type.Parameters.Select(parameter => parameter.Id.Text));
        Assert.True(Assert.IsType<NamedTypeSyntax>(type.Parameters[0].Type).Name.IsArray);
        Assert.Equal("-x", Assert.Single(type.Parameters[0].Annotations).Key);
        Assert.Equal("e", type.Parameters[1].Enum!.Text);
        Assert.Null(type.Parameters[2].Type);
        Assert.Equal("-max-depth", Assert.Single(type.Annotations).Key);
        Assert.Single(Assert.Single(type.Types).Sequence);
        ValueInstanceSyntax instance = Assert.IsType<ValueInstanceSyntax>(Assert.Single(type.Instances));
        Assert.Equal(
            ("i", "p", "q", "e", "F"),
            (instance.Id.Text, ExpressionWriter.Write(instance.Value), ExpressionWriter.Write(instance.Condition),
                instance.Enum!.Text, instance.Doc));
        Assert.Equal("-y", Assert.Single(instance.Annotations).Key);
        Assert.Equal("e", Assert.Single(type.Enums).Name.Text);
    }

    [Fact]
    public void Enums_TakeBothForms()
    {
        EnumSyntax enumeration = Assert.Single(Parse("""
            meta: {id: a}
            enums:
              e:
                -9223372036854775808: low
                0x1f: hex
                0b10: {id: binary, doc: D, doc-ref: R, -orig-id: B}
                9223372036854775807: high
                '1': quoted
            """).Root.Enums);

        Assert.Equal(
            [
                (long.MinValue, "low", null), (31, "hex", null), (2, "binary", "D"), (long.MaxValue, "high", null),
                (1, "quoted", null),
            ],
            enumeration.Members.Select(member => (member.Value, member.Label, member.Doc)));
        Assert.Equal("-orig-id", Assert.Single(enumeration.Members[2].Annotations).Key);
    }

    [Fact]
    public void ExpressionPlaces_AreExactInPlainAndQuotedScalars()
    {
        TypeSyntax root = Parse(
            "meta: {id: a}\ninstances:\n  b: {value: c + d}\n  e: {value: 'c + d'}\n  f: {value: 'c + ''d'''}\n").Root;

        Assert.Equal(new SourceSpan(42, 1, 2, 17, 2, 18), Right(root.Instances[0]));
        Assert.Equal(new SourceSpan(63, 1, 3, 18, 3, 19), Right(root.Instances[1]));
        Assert.Equal(((ValueInstanceSyntax)root.Instances[2]).Value!.Span, Right(root.Instances[2]));

        static SourceSpan Right(InstanceSyntax instance) => Assert.IsType<BinaryExpression>(((ValueInstanceSyntax)instance).Value).Right.Span;
    }

    [Fact]
    public void ShapesOfAnArchive_AreRead()
    {
        SpecSyntax spec = Parse("""
            meta: {id: tree, endian: le, imports: [wire]}
            seq:
              - id: magic
                contents: [13,0,0,0,0,0,0,0, archive-1, 0,0,0]
              - {id: entries, type: entry(1), repeat: until, repeat-until: _.tag == 0}
            types:
              entry:
                params: [{id: depth, type: u1}]
                -max-depth: 64
                seq:
                  - {id: tag, type: u8, valid: {any-of: [0, 1]}}
                  - {id: name, type: 'wire::str(1, 255)', if: tag == 1, -order: ascending}
                  - {id: padding, type: u1, repeat: expr, repeat-expr: (8 - length % 8) % 8, valid: 0}
                  - {id: body, size: info.size, -stream: true, valid: {expr: _._io.eof}}
            """);

        Assert.Equal(20, spec.Root.Sequence[0].Contents!.Bytes.Count);
        Assert.Equal(["tag", "name", "padding", "body"], spec.Root.Types[0].Sequence.Select(item => item.Id!.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("doc: a")]
    [InlineData("meta: {}")]
    [InlineData("meta: {id: A}")]
    public void WithoutAName_ThereIsNoSyntax(string text)
    {
        DiagnosticBag diagnostics = new("spec.ksy");
        Assert.Null(SpecParser.Parse("spec.ksy", text, diagnostics));
        Assert.True(diagnostics.HasErrors);
    }

    private static ValidationSyntax? ParseValid(string source) =>
        ParseAttribute("type: u1, valid: " + source).Validation;

    private static AttributeSyntax ParseAttribute(string keys) =>
        Assert.Single(Parse($"meta: {{id: a}}\nseq: [{{{keys}}}]").Root.Sequence);

    private static SpecSyntax Parse(string text)
    {
        DiagnosticBag diagnostics = new("spec.ksy");
        SpecSyntax? spec = SpecParser.Parse("spec.ksy", text, diagnostics);
        Assert.Empty(diagnostics.Items);
        Assert.NotNull(spec);
        return spec;
    }
}
