using System.Numerics;
using Nario.Ksy.Binding;
using Nario.Ksy.Model;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Tests;

/// <summary>What names mean and what types things have.</summary>
public sealed class BinderTests
{
    [Theory]
    [InlineData("1", 4, true, "1", "1")]
    [InlineData("0xffff_ffff", 8, true, "4294967295", "4294967295")]
    [InlineData("0xffff_ffff_ffff_ffff", 8, false, "18446744073709551615", "18446744073709551615")]
    [InlineData("-9223372036854775808", 8, true, "-9223372036854775808", "-9223372036854775808")]
    [InlineData("u1", 1, false, "0", "255")]
    [InlineData("u1 + u1", 4, true, "0", "510")]
    [InlineData("u4 + 1", 8, true, "1", "4294967296")]
    [InlineData("u8 + 1", 8, false, "0", "18446744073709551615")]
    [InlineData("u8 - 1", 8, true, "-9223372036854775808", "9223372036854775807")]
    [InlineData("s1 / 2", 4, true, "-64", "63")]
    [InlineData("s1 % 8", 4, true, "0", "7")]
    [InlineData("u8 & 15", 4, true, "0", "15")]
    [InlineData("u1 << 3", 4, true, "0", "2040")]
    [InlineData("1 << u1", 8, false, "0", "18446744073709551615")]
    [InlineData("u4 >> 24", 4, true, "0", "255")]
    [InlineData("~u1", 4, true, "-256", "-1")]
    [InlineData("'true ? u1 : u4'", 8, true, "0", "4294967295")]
    [InlineData("bits3 | 8", 4, true, "0", "15")]
    [InlineData("sizeof<u4>", 4, true, "4", "4")]
    public void Integers_HaveWidthAndRange(string expression, int width, bool isSigned, string low, string high)
    {
        IntegerType type = Assert.IsType<IntegerType>(TypeOf(expression));
        Assert.Equal(
            (width, isSigned, BigInteger.Parse(low), BigInteger.Parse(high)),
            (type.Width, type.IsSigned, type.Range.Low, type.Range.High));
    }

    [Theory]
    [InlineData("1.5 + 1", typeof(FloatType))]
    [InlineData("'\"a\" + \"b\"'", typeof(StringType))]
    [InlineData("'[1, 2]'", typeof(BytesType))]
    [InlineData("'[u1, 2]'", typeof(BytesType))]
    [InlineData("'[1, 256]'", typeof(ArrayType))]
    [InlineData("'[1, 2].as<u1[]>'", typeof(ArrayType))]
    [InlineData("'[].as<bytes>'", typeof(BytesType))]
    [InlineData("u1 == 1", typeof(BooleanType))]
    [InlineData("bit", typeof(BooleanType))]
    [InlineData("_root", typeof(StructType))]
    [InlineData("_parent", typeof(AnyStructType))]
    [InlineData("_io", typeof(IoType))]
    [InlineData("animal::cat", typeof(EnumType))]
    [InlineData("animal::cat.to_i", typeof(IntegerType))]
    [InlineData("'f\"{u1}\"'", typeof(StringType))]
    [InlineData("inner.up", typeof(IntegerType))]
    [InlineData("later", typeof(IntegerType))]
    public void Expressions_HaveTypes(string expression, Type type) => Assert.IsType(type, TypeOf(expression));

    [Fact]
    public void Names_SayWhatTheyMean()
    {
        SpecModel model = Bind("""
            meta: {id: a, endian: le}
            params: [{id: p, type: u1}]
            seq:
              - {id: items, type: 'item(p, _index)', repeat: until, repeat-until: _.last}
            types:
              item:
                params: [{id: first, type: u1}, {id: second, type: s4}]
                seq: [{id: last, type: b1}, {id: rest, size: _parent.p}]
            """);

        Field items = model.Main.Root.Fields[0];
        StructLayout layout = Assert.IsType<StructLayout>(items.Layout);
        Assert.Equal("a::item", layout.Id.ToString());
        MemberReference argument = Assert.IsType<MemberReference>(layout.Arguments[0]);
        Assert.Equal((MemberKind.Parameter, "p"), (argument.Kind, argument.Name));
        Assert.IsType<ThisReference>(argument.Target);
        Assert.IsType<IndexReference>(layout.Arguments[1]);
        MemberReference until = Assert.IsType<MemberReference>(
            Assert.IsType<RepeatedUntil>(items.Repeat).Condition);
        Assert.IsType<ItemReference>(until.Target);
        TypeModel item = model.Type(layout.Id);
        Assert.Equal(new StructType(model.Main.Root.Id), item.Parent);
        SizedExtent extent = Assert.IsType<SizedExtent>(Assert.IsType<BytesLayout>(item.Fields[1].Layout).Extent);
        Assert.IsType<ParentReference>(Assert.IsType<MemberReference>(extent.Size).Target);
    }

    [Theory]
    [InlineData("parent: false", typeof(AnyStructType))]
    [InlineData("parent: other", typeof(StructType))]
    public void Parent_IsWhatItIsSaidToBe(string key, Type type)
    {
        SpecModel model = Bind(
            $"meta: {{id: a}}\nseq: [{{id: other, type: other}}, {{id: b, type: t, {key}}}]\n"
            + "types: {t: {}, other: {}}\n");
        Assert.IsType(type, model.Type(new TypeId("a", new ValueList<string>(["t"]))).Parent);
    }

    [Fact]
    public void Switches_HaveWhatTheirCasesHaveInCommon()
    {
        SpecModel model = Bind("""
            meta: {id: a, endian: le}
            seq:
              - {id: n, type: u1}
              - {id: integers, type: {switch-on: n, cases: {1: u1, 2: u4}}}
              - {id: same, type: {switch-on: n, cases: {1: t, _: t}}}
              - {id: structs, type: {switch-on: n, cases: {1: t, 2: u}}}
              - {id: mixed, size: 3, type: {switch-on: n, cases: {1: t}}}
            types: {t: {}, u: {}}
            """);

        ValueList<Field> fields = model.Main.Root.Fields;
        Assert.Equal(new Interval(0, uint.MaxValue), Assert.IsType<IntegerType>(fields[1].Type).Range);
        Assert.Equal((true, false), (fields[1].IsOptional, fields[2].IsOptional));
        Assert.Equal("a::t", Assert.IsType<StructType>(fields[2].Type).Id.ToString());
        Assert.IsType<AnyStructType>(fields[3].Type);
        Assert.IsType<AnyType>(fields[4].Type);
        Assert.False(fields[4].IsOptional);
    }

    [Fact]
    public void ByteOrder_IsInheritedOrComputed()
    {
        SpecModel model = Bind("""
            meta: {id: a}
            seq: [{id: mark, type: u1}, {id: b, type: t}]
            types:
              t:
                meta: {endian: {switch-on: _root.mark, cases: {1: le, _: be}}}
                seq: [{id: x, type: u2}, {id: y, type: u2be}]
                types: {u: {seq: [{id: z, type: f4}]}}
            """);

        TypeModel type = model.Main.Root.Types[0];
        SwitchedEndianness order = Assert.IsType<SwitchedEndianness>(type.Endianness);
        Assert.Null(order.Cases[1].Value);
        Assert.Equal(
            [ByteOrder.Computed, ByteOrder.Big],
            type.Fields.Select(field => Assert.IsType<IntegerLayout>(field.Layout).Order));
        Assert.IsType<InheritedEndianness>(type.Types[0].Endianness);
        Assert.Null(model.Main.Root.Endianness);
    }

    [Fact]
    public void Imports_AreFoundBesideAndByTheirEnd()
    {
        SpecSource main = new(
            "x/a.ksy", "meta: {id: a, imports: [b, /c/d]}\nseq: [{id: f, type: b::t}, {id: g, type: d}]\n");
        SpecSource[] files =
        [
            main,
            new("x/b.ksy", "meta: {id: b, imports: [a]}\ntypes: {t: {}}\n"),
            new("y/b.ksy", "meta: {id: wrong}\n"),
            new("lib/c/d.ksy", "meta: {id: d}\n"),
        ];

        SpecModel model = Binder.Bind(main, files).Model!;

        Assert.Equal(["a", "b", "d"], model.Units.Select(unit => unit.Id));
        Assert.Equal(["b", "d"], model.Main.Imports);
        Assert.Equal("b::t", Assert.IsType<StructType>(model.Main.Root.Fields[0].Type).Id.ToString());
    }

    [Fact]
    public void Models_AreComparedByValue()
    {
        const string Text = "meta: {id: a}\nseq: [{id: n, type: u1}, {id: b, size: n + 1, if: n != 3}]\n";
        Assert.Equal(Bind(Text), Bind(Text));
        Assert.Equal(Bind(Text).GetHashCode(), Bind(Text).GetHashCode());
        Assert.NotEqual(Bind(Text), Bind(Text.Replace("3", "4", StringComparison.Ordinal)));
    }

    [Fact]
    public void Binding_HeedsCancellation() => Assert.ThrowsAny<OperationCanceledException>(() =>
        Binder.Bind(new SpecSource("a.ksy", "meta: {id: a}\nseq: [{size: 1}]\n"), [], new CancellationToken(true)));

    [Fact]
    public void Enumerations_TakeTheLongForm()
    {
        SpecModel model = Bind("""
            meta: {id: a}
            seq: [{id: b, type: u4le, enum: short}]
            enums:
              long: {type: u8, doc: D, values: {1: one, 2: {id: 'true'}}}
              short: {-1: minus, 1: 'false'}
            """);

        EnumModel first = model.Main.Root.Enums[0];
        Assert.Equal(("D", 8, false), (first.Doc, first.Underlying.Width, first.Underlying.IsSigned));
        Assert.Equal(["one", "true"], first.Members.Select(member => member.Label));
        Assert.Equal(new Interval(-1, uint.MaxValue), model.Main.Root.Enums[1].Underlying.Range);
    }

    private static DataType TypeOf(string expression) => Bind("""
        meta: {id: a, endian: le}
        seq:
          - {id: u1, type: u1}
          - {id: s1, type: s1}
          - {id: u4, type: u4}
          - {id: u8, type: u8}
          - {id: bits3, type: b3}
          - {id: bit, type: b1}
          - {id: inner, type: inner}
        instances:
          value: {value: EXPRESSION}
          later: {value: last + 1}
          last: {value: inner.up}
        enums: {animal: {1: cat}}
        types:
          inner: {instances: {up: {value: _parent.u1 + 1}}}
        """.Replace("EXPRESSION", expression, StringComparison.Ordinal)).Main.Root.Instances[0].Type;

    private static SpecModel Bind(string text)
    {
        BindResult result = Binder.Bind(new SpecSource("a.ksy", text), []);
        Assert.Empty(result.Diagnostics.Select(item => item.ToString()));
        return result.Model!;
    }
}
