using System.IO.Compression;

namespace Nario.Kaitai.Tests;

/// <summary>Inputs that are large, broken or made to exhaust the reader.</summary>
public sealed class RobustnessTests
{
    private const long FiveGiB = 5L * 1024 * 1024 * 1024;

    [Fact]
    public void AFileOfFiveGibibytes_IsReadWhereItIsAsked()
    {
        using CompiledClasses classes = new(
            """
            meta: {id: spec, endian: le}
            seq:
              - {id: first, type: u4}
              - {id: body, type: part, size: _io.size - 12}
              - {id: last, type: u8}
            types:
              part:
                seq: [{id: head, type: u1}]
                instances:
                  tail: {pos: _io.size - 2, type: u2}
                  text: {pos: 5000000000, type: strz, encoding: ASCII}
                  place: {value: _io.size}
            """);
        string path = Path.GetTempFileName();
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite);
            file.SetLength(FiveGiB);
            Write(file, 0, 1, 2, 3, 4, 5);
            Write(file, 4 + 5_000_000_000, 0x48, 0x69);
            Write(file, FiveGiB - 10, 6, 7, 8, 9);
            file.Position = 0;
            long before = GC.GetAllocatedBytesForCurrentThread();
            object spec = classes.Read(file);
            Assert.Equal(0x04030201U, CompiledClasses.Get(spec, "first"));
            Assert.Equal((byte)5, CompiledClasses.Get(spec, "body.head"));
            Assert.Equal((ushort)0x0706, CompiledClasses.Get(spec, "body.tail"));
            Assert.Equal("Hi", CompiledClasses.Get(spec, "body.text"));
            Assert.Equal(FiveGiB - 12, Convert.ToInt64(CompiledClasses.Get(spec, "body.place"), null));
            Assert.Equal(0x0908UL, CompiledClasses.Get(spec, "last"));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("{id: x, size: n}")]
    [InlineData("{id: x, size: n, type: str, encoding: UTF-8}")]
    [InlineData("{id: x, size: n, type: u}")]
    [InlineData("{id: x, type: u4, repeat: expr, repeat-expr: n}")]
    [InlineData("{id: x, size: n, repeat: expr, repeat-expr: n}")]
    public void ALengthBeyondTheInput_AllocatesNothing(string field)
    {
        using CompiledClasses classes = new(
            $"meta: {{id: spec, endian: le}}\nseq:\n  - {{id: n, type: u4}}\n  - {field}\n"
                + "types: {u: {seq: [{id: a, type: u1}]}}\n");
        byte[] input = [0xff, 0xff, 0xff, 0x7f, 1, 2, 3, 4, 5];
        CompiledClasses.ErrorOf(() => classes.Read(input));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("EndOfStream", CompiledClasses.ErrorOf(() => classes.Read(input)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Theory]
    [InlineData("repeat: eos")]
    [InlineData("repeat: expr, repeat-expr: 0xffffffff")]
    [InlineData("repeat: until, repeat-until: 'false'")]
    public void AListOfEmptyElements_Ends(string repeat)
    {
        using CompiledClasses classes = new(
            $"meta: {{id: spec}}\nseq:\n  - {{id: x, type: u, {repeat}}}\n  - {{id: y, type: u1}}\n"
                + "types: {u: {seq: [{id: a, size: 0}]}}\n");
        Assert.Equal("Limit", CompiledClasses.ErrorOf(() => classes.Read(1, 2, 3)));
    }

    [Fact]
    public void ObjectsInsideEachOther_HaveABound()
    {
        using CompiledClasses classes = new(
            """
            meta: {id: spec}
            seq: [{id: tag, type: u1}, {id: inner, type: spec, if: tag == 1}]
            """);
        byte[] input = new byte[100_000];
        Array.Fill(input, (byte)1);
        Assert.Equal("Limit", CompiledClasses.ErrorOf(() => classes.Read(input)));
        object spec = classes.Read(1, 1, 1, 0);
        Assert.Equal((byte)0, CompiledClasses.Get(spec, "inner.inner.inner.tag"));
    }

    [Fact]
    public void AnInstanceThatLeadsToItself_Ends()
    {
        using CompiledClasses classes = new(
            """
            meta: {id: spec}
            seq: [{id: a, type: u1}]
            instances:
              other: {pos: 0, type: spec}
              one: {pos: 0, size: two.length}
              two: {pos: 0, size: one.length}
            """);
        object spec = classes.Read(1);
        Assert.Equal("Limit", CompiledClasses.ErrorOf(() => CompiledClasses.Get(spec, "one")));
        Assert.Equal((byte)1, CompiledClasses.Get(spec, "other.other.other.a"));
    }

    [Fact]
    public void CompressedBytes_HaveABound()
    {
        using CompiledClasses classes = new("meta: {id: spec}\nseq: [{id: x, size-eos: true, process: zlib}]\n");
        using MemoryStream compressed = new();
        using (ZLibStream target = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] block = new byte[1024 * 1024];
            for (int count = 0; count < 257; count++)
            {
                target.Write(block);
            }
        }

        Assert.Equal("Limit", CompiledClasses.ErrorOf(() => classes.Read(compressed.ToArray())));
        Assert.Equal("Process", CompiledClasses.ErrorOf(() => classes.Read(1, 2, 3)));
    }

    [Theory]
    [InlineData("10 / (a - 1)", "DivisionByZero")]
    [InlineData("10 % (a - 1)", "DivisionByZero")]
    [InlineData("list[a + 5]", "OutOfRange")]
    [InlineData("list[a - 2]", "OutOfRange")]
    [InlineData("bytes[9]", "OutOfRange")]
    [InlineData("absent.a", "Absent")]
    [InlineData("'\"x\" + a.to_s'.to_i", "Conversion")]
    [InlineData("'\"abc\"'.substring(2, 9)", "OutOfRange")]
    public void AComputationThatFails_IsAnErrorOfTheInput(string expression, string kind)
    {
        string value = expression.Replace("'\"x\" + a.to_s'", "('x' + a.to_s)", StringComparison.Ordinal)
            .Replace("'\"abc\"'", "'abc'", StringComparison.Ordinal);
        using CompiledClasses classes = new(
            $$$"""
            meta: {id: spec}
            seq:
              - {id: a, type: u1}
              - {id: list, type: u1, repeat: expr, repeat-expr: 2}
              - {id: bytes, size: 2}
              - {id: absent, type: u, if: a == 9}
            instances: {x: {value: "{{{value}}}"}}
            types: {u: {seq: [{id: a, type: u1}]}}
            """);
        object spec = classes.Read(1, 2, 3, 4, 5);
        Assert.Equal(kind, CompiledClasses.ErrorOf(() => CompiledClasses.Get(spec, "x")));
    }

    [Fact]
    public void WhatWasReadBeforeAnError_CanBeAskedFor()
    {
        using CompiledClasses classes = new(
            """
            meta: {id: spec, endian: be}
            seq:
              - {id: a, type: u2}
              - {id: parts, type: part, repeat: expr, repeat-expr: 3}
              - {id: z, type: u1}
            types: {part: {seq: [{id: b, type: u1}, {id: c, type: u1}]}}
            """);
        Type inputType = classes["ksy_input"];
        object input = inputType.GetMethod("FromBytes")!.Invoke(null, [new ReadOnlyMemory<byte>([1, 2, 3, 4, 5])])!;
        object?[] arguments = [input, null];
        object spec = classes["spec"].GetMethods().Single(
            method => method.Name == "FromInput" && method.GetParameters().Length == 2).Invoke(null, arguments)!;
        object error = arguments[1]!;
        Assert.Equal("EndOfStream", error.GetType().GetProperty("Kind")!.GetValue(error)!.ToString());
        Assert.Equal(5L, error.GetType().GetProperty("Offset")!.GetValue(error));
        Assert.Equal("spec/part/c", error.GetType().GetProperty("Path")!.GetValue(error));
        Assert.Equal((ushort)0x0102, CompiledClasses.Get(spec, "a"));
        object[] parts = [.. ((System.Collections.IEnumerable)CompiledClasses.Get(spec, "parts")!).Cast<object>()];
        Assert.Equal((byte)3, CompiledClasses.Get(parts[0], "b"));
        Assert.Equal((byte)5, CompiledClasses.Get(parts[1], "b"));
    }

    [Fact]
    public void AStreamThatCannotSeekAndGivesLittle_IsReadToItsEnd()
    {
        using CompiledClasses classes = new(
            """
            meta: {id: spec, endian: be}
            seq: [{id: a, type: u8}, {id: text, type: strz, encoding: UTF-8}, {id: rest, size-eos: true}]
            instances: {first: {pos: 0, type: u1}}
            """);
        using DeflateStream source = new(Compress([0, 0, 0, 0, 0, 0, 0, 7, 0x68, 0x69, 0, 1, 2, 3]),
            CompressionMode.Decompress);
        object spec = classes.Read(source);
        Assert.Equal(7UL, CompiledClasses.Get(spec, "a"));
        Assert.Equal("hi", CompiledClasses.Get(spec, "text"));
        Assert.Equal(new byte[] { 1, 2, 3 }, CompiledClasses.Get(spec, "rest"));
        Assert.Equal((byte)0, CompiledClasses.Get(spec, "first"));
    }

    /// <summary>Reading a seekable source in blocks gives what reading from memory gives.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(20_000)]
    public void ASeekableStream_IsReadAsMemoryIs(int length)
    {
        using CompiledClasses classes = new(
            """
            meta: {id: spec, endian: le, bit-endian: be}
            seq:
              - {id: text, type: strz, encoding: ASCII}
              - {id: wide, type: str, encoding: UTF-16LE, terminator: [0, 0]}
              - {id: b, type: b12}
              - {id: c, type: b4}
              - {id: n, type: u4, repeat: expr, repeat-expr: 3000}
              - {id: part, type: part, size: 40000}
              - {id: tail, size-eos: true}
            instances: {back: {pos: 1, type: u2}}
            types:
              part:
                seq: [{id: bytes, size: 30000}, {id: x, type: u8be}]
                instances: {end: {pos: 39999, type: u1}}
            """);
        byte[] input = new byte[length + 2 + (2 * length) + 2 + 2 + 12000 + 40000 + 100];
        new Random(length).NextBytes(input);
        Array.Fill(input, (byte)'a', 0, length);
        input[length] = 0;
        Array.Fill(input, (byte)1, length + 1, 2 * length);
        input[(3 * length) + 1] = 0;
        input[(3 * length) + 2] = 0;
        string? difference = ObjectTree.Difference(
            ObjectTree.Of(classes.Read(input)), ObjectTree.Of(classes.Read(new MemoryStream(input))));
        Assert.Null(difference);
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, input);
            using FileStream file = File.OpenRead(path);
            Assert.Null(ObjectTree.Difference(ObjectTree.Of(classes.Read(input)), ObjectTree.Of(classes.Read(file))));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static MemoryStream Compress(byte[] bytes)
    {
        MemoryStream result = new();
        using (DeflateStream target = new(result, CompressionLevel.Fastest, leaveOpen: true))
        {
            target.Write(bytes);
        }

        result.Position = 0;
        return result;
    }

    private static void Write(FileStream file, long position, params byte[] bytes)
    {
        file.Position = position;
        file.Write(bytes);
    }
}
