using System.Buffers;
using System.Text;
using FsCheck.Xunit;
using Nario.Codec;
using Nario.Ksy.Generator.Tests.Formats;
using Nario.Ksy.Generator.Tests.Harness;

namespace Nario.Ksy.Generator.Tests.Records;

/// <summary>Records as views: what is written is read again, and nothing else is.</summary>
public sealed class RecordTests
{
    [Property(MaxTest = 300)]
    public void AString_IsReadAsItWasWritten(byte[] bytes)
    {
        ulong length = (ulong)bytes.Length;
        byte[] written = Write(
            NixWire.Str.GetSize(0, length, bytes),
            destination => NixWire.Str.Write(destination, 0, length, bytes));
        Assert.Equal(0, written.Length % 8);
        NixWire.Str read = NixWire.Str.Read(written, 0, length, out int consumed);
        Assert.True(read.Bytes.SequenceEqual(bytes));
        Assert.Equal(written.Length, consumed);
        EveryPrefixNeedsMore(written, (prefix) => (NixWire.Str.TryRead(prefix, 0, length, out _, out int size), size));
        Assert.Equal(OperationStatus.Done, NixWire.Str.TryRead([.. written, 1, 2, 3], 0, length, out _, out consumed));
        Assert.Equal(written.Length, consumed);
    }

    [Property(MaxTest = 300)]
    public void ATrailer_IsReadAsItWasWritten(byte flags, byte[] note, byte[] code, uint checksum)
    {
        note = (flags & 1) != 0 ? note : [];
        code = (flags & 2) != 0 ? [.. code.Take(8).Select(value => (byte)(value | 1))] : [];
        byte[] written = Write(
            TaggedRecords.Trailer.GetSize(flags, note, code, checksum),
            destination => TaggedRecords.Trailer.Write(destination, flags, note, code, checksum));
        TaggedRecords.Trailer read = TaggedRecords.Trailer.Read(written, out int consumed);
        Assert.Equal(
            (flags, checksum, written.Length, (flags & 1) != 0),
            (read.Flags, read.Checksum, consumed, read.HasNote));
        Assert.True(read.Note.SequenceEqual(note));
        Assert.True(read.Code.SequenceEqual(code));
        EveryPrefixNeedsMore(written, prefix => (TaggedRecords.Trailer.TryRead(prefix, out _, out int size), size));
    }

    [Property(MaxTest = 300)]
    public void AHeader_IsReadAsItWasWritten(byte first, byte[] rest, ushort mode, uint size)
    {
        byte[] name = [first, .. rest.Take(254)];
        mode &= 0x1ff;
        byte[] written = Write(
            MemberArchive.Header.GetSize(name, mode, size),
            destination => MemberArchive.Header.Write(destination, name, mode, size));
        MemberArchive.Header read = MemberArchive.Header.Read(written, out int consumed);
        Assert.Equal((mode, size, written.Length), (read.Mode, read.Size, consumed));
        Assert.True(read.Name.SequenceEqual(name));
        EveryPrefixNeedsMore(written, prefix => (MemberArchive.Header.TryRead(prefix, out _, out int length), length));
    }

    [Theory]
    [InlineData(Nar.FileTagName.Contents)]
    [InlineData(Nar.FileTagName.Executable)]
    public void AFileHeader_IsReadAsItWasWritten(Nar.FileTagName tag)
    {
        byte[] written = Write(
            Nar.FileHeader.GetSize(tag, 5),
            destination => Nar.FileHeader.Write(destination, tag, 5));
        Nar.FileHeader read = Nar.FileHeader.Read(written, out int consumed);
        Assert.Equal(
            (tag, 5UL, tag == Nar.FileTagName.Executable, written.Length),
            (read.Tag, read.Length, read.IsExecutable, consumed));
        EveryPrefixNeedsMore(written, prefix => (Nar.FileHeader.TryRead(prefix, out _, out int size), size));
    }

    [Fact]
    public void ALengthOutOfBounds_IsReportedAtTheLength()
    {
        byte[] bytes = [5, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal(OperationStatus.InvalidData, NixWire.Str.TryRead(bytes, 0, 4, out _, out int consumed));
        Assert.Equal(0, consumed);
        NarioFormatException exception = Assert.Throws<NarioFormatException>(() =>
        {
            NixWire.Str.Read(bytes, 0, 4, out _);
        });
        Assert.Equal(
            (0, "nix_wire/str/length", "0 to 4", "5"),
            (exception.Offset, exception.SpecPath, exception.Expected, exception.Found));
        Assert.False(exception.IsTruncated);
    }

    [Fact]
    public void APaddingByte_IsReportedWhereItIs()
    {
        byte[] bytes = [2, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 9, 0, 0, 0];
        NarioFormatException exception = Assert.Throws<NarioFormatException>(() =>
        {
            NixWire.Str.Read(bytes, 0, 4, out _);
        });
        Assert.Equal(
            (12, "nix_wire/str/padding", "padding with bytes of value 0", "a byte of value 9"),
            (exception.Offset, exception.SpecPath, exception.Expected, exception.Found));
    }

    [Property(MaxTest = 300)]
    public void AnyByteOfAPadding_IsReported(byte length, byte place, byte value, byte[] behind)
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)'x', length % 8)];
        byte[] written = Write(
            NixWire.Str.GetSize(0, 8, bytes),
            destination => NixWire.Str.Write(destination, 0, 8, bytes));
        int padding = written.Length - 8 - bytes.Length;
        byte[] source = [.. written, .. behind];
        Assert.Equal(OperationStatus.Done, NixWire.Str.TryRead(source, 0, 8, out _, out int consumed));
        Assert.Equal(written.Length, consumed);
        if (padding == 0)
        {
            return;
        }

        int wrong = written.Length - 1 - (place % padding);
        source[wrong] = (byte)(value | 1);
        NarioFormatException exception = Assert.Throws<NarioFormatException>(() =>
        {
            NixWire.Str.Read(source, 0, 8, out _);
        });
        Assert.Equal((wrong, $"a byte of value {value | 1}"), (exception.Offset, exception.Found));
    }

    [Property(MaxTest = 300)]
    public void WhatLiesBehindARecord_StaysAsItIs(byte[] bytes, byte[] behind)
    {
        int size = NixWire.Str.GetSize(0, int.MaxValue, bytes);
        byte[] destination = [.. Enumerable.Repeat((byte)0xff, size), .. behind];
        Assert.Equal(size, NixWire.Str.Write(destination, 0, int.MaxValue, bytes));
        Assert.Equal(behind, destination[size..]);
        Assert.True(NixWire.Str.Read(destination, 0, int.MaxValue, out _).Bytes.SequenceEqual(bytes));
    }

    [Theory]
    [InlineData("a/b", "\"a/b\"")]
    [InlineData("/", "\"/\"")]
    [InlineData("a\0b", "\"a\\0b\"")]
    [InlineData(".", "\".\"")]
    [InlineData("..", "\"..\"")]
    [InlineData("...", null)]
    public void AName_HasNeitherItsTerminatorNorAZero(string name, string? found)
    {
        byte[] written = Write(
            Nar.EntryHeader.GetSize("abc"u8[..name.Length]),
            destination => Nar.EntryHeader.Write(destination, "abc"u8[..name.Length]));
        Encoding.ASCII.GetBytes(name, written.AsSpan(40));
        if (found is null)
        {
            Assert.Equal(name, Encoding.ASCII.GetString(Nar.EntryHeader.Read(written, out _).Name));
            return;
        }

        NarioFormatException exception = Assert.Throws<NarioFormatException>(() =>
        {
            Nar.EntryHeader.Read(written, out _);
        });
        Assert.Equal((40, "nar/entry_header/name", found), (exception.Offset, exception.SpecPath, exception.Found));
    }

    [Fact]
    public void AFaultInsideARecordInsideARecord_IsReportedWithTheWholeWay()
    {
        byte[] written = Write(
            Nar.FileHeader.GetSize(Nar.FileTagName.Contents, 5),
            destination => Nar.FileHeader.Write(destination, Nar.FileTagName.Contents, 5));
        written[8] = (byte)'x';
        NarioFormatException exception = Assert.Throws<NarioFormatException>(() =>
        {
            Nar.FileHeader.Read(written, out _);
        });
        Assert.Equal(
            (8, "nar/file_header/tag/name", "\"executable\" or \"contents\"", "\"xontents\""),
            (exception.Offset, exception.SpecPath, exception.Expected, exception.Found));
    }

    [Fact]
    public void AConstant_IsReportedUpToTheFirstOtherByte()
    {
        byte[] written = Write(
            MemberArchive.Header.GetSize("a"u8, 1, 2),
            destination => MemberArchive.Header.Write(destination, "a"u8, 1, 2));
        written[1] = (byte)';';
        KsyFormatException exception = Assert.Throws<KsyFormatException>(() =>
        {
            MemberArchive.Header.Read(written, out _);
        });
        Assert.Equal(
            (0, "member_archive/header/mark", "\"m:\"", "\"m;\"", false),
            (exception.Offset, exception.Path, exception.Expected, exception.Found, exception.IsTruncated));
    }

    [Fact]
    public void AShortInput_IsTruncated()
    {
        NarioFormatException exception = Assert.Throws<NarioFormatException>(() =>
        {
            NixWire.Str.Read([1, 0, 0], 0, 4, out _);
        });
        Assert.True(exception.IsTruncated);
        Assert.Equal(
            ("nix_wire/str", "more bytes", "the end of the input"),
            (exception.SpecPath, exception.Expected, exception.Found));
    }

    [Fact]
    public void ValuesThatAreNotAllowed_AreRefused()
    {
        Refusal.Of("bytes", () => _ = NixWire.Str.GetSize(0, 4, new byte[5]));
        Refusal.Of("bytes", () => _ = NixWire.Str.Write(new byte[100], 0, 4, new byte[5]));
        Assert.Throws<ArgumentException>("destination", () => _ = NixWire.Str.Write(new byte[15], 0, 4, new byte[4]));
        Refusal.Of("name", () => _ = MemberArchive.Header.GetSize(new byte[256], 0, 0));
        Refusal.Of("name", () => _ = MemberArchive.Header.GetSize([], 0, 0));
        Refusal.Of("mode", () => _ = MemberArchive.Header.GetSize(new byte[1], 0x1000, 0));
        Refusal.Of("code", () => _ = TaggedRecords.Trailer.GetSize(2, [], new byte[9], 0));
        Refusal.Of("code", () => _ = TaggedRecords.Trailer.GetSize(2, [], [1, 0], 0));
        Refusal.Of("value", () => _ = TaggedRecords.Integer.GetSize(long.MinValue));
        Assert.ThrowsAny<ArgumentException>(() => Nar.FileHeader.GetSize((Nar.FileTagName)7, 0));
        Assert.ThrowsAny<ArgumentException>(() => Nar.Symlink.GetSize("a\0b"u8));
    }

    [Theory]
    [InlineData(-1, 0, null)]
    [InlineData(-128, 0, null)]
    [InlineData(127, 0, null)]
    [InlineData(7, 40000, null)]
    [InlineData(7, 65535, null)]
    [InlineData(8, -1, null)]
    [InlineData(200, 0, "first must be -128 to 127.")]
    [InlineData(-200, 0, "first must be -128 to 127.")]
    [InlineData(0x100000007, 0, "first must be -128 to 127.")]
    [InlineData(7, -1, "second must be 0 to 65535.")]
    [InlineData(7, 65536, "second must be 0 to 65535.")]
    [InlineData(7, long.MinValue, "second must be 0 to 65535.")]
    public void AValueOfAnEnumerationTooWideForItsField_IsRefused(long first, long second, string? refusal)
    {
        (MarkedSamples.Mark First, MarkedSamples.Mark Second) marks =
            ((MarkedSamples.Mark)first, (MarkedSamples.Mark)second);
        if (refusal is not null)
        {
            ArgumentException exception = Refusal.Of(
                refusal.Split(' ')[0],
                () => _ = MarkedSamples.Sample.GetSize(marks.First, marks.Second));
            Assert.StartsWith($"marked_samples/sample/{refusal}", exception.Message, StringComparison.Ordinal);
            return;
        }

        byte[] written = Write(
            MarkedSamples.Sample.GetSize(marks.First, marks.Second),
            destination => MarkedSamples.Sample.Write(destination, marks.First, marks.Second));
        MarkedSamples.Sample read = MarkedSamples.Sample.Read(written, out _);
        Assert.Equal((marks.First, first == 7 ? marks.Second : default), (read.First, read.Second));
    }

    [Property(MaxTest = 1000)]
    public void AnyBytes_AreReadAsTheyWouldBeWritten(byte[] bytes)
    {
        if (NixWire.Str.TryRead(bytes, 0, 100, out NixWire.Str text, out int consumed) == OperationStatus.Done)
        {
            byte[] copy = text.Bytes.ToArray();
            Assert.Equal(
                bytes[..consumed],
                Write(consumed, destination => NixWire.Str.Write(destination, 0, 100, copy)));
        }

        if (TaggedRecords.Text.TryRead(bytes, out TaggedRecords.Text value, out consumed) == OperationStatus.Done)
        {
            byte[] copy = value.Value.ToArray();
            Assert.Equal(
                bytes[..consumed],
                Write(consumed, destination => TaggedRecords.Text.Write(destination, copy)));
        }
    }

    private static byte[] Write(int size, Func<byte[], int> write)
    {
        byte[] destination = new byte[size];
        Assert.Equal(size, write(destination));
        return destination;
    }

    private static void EveryPrefixNeedsMore(byte[] bytes, Func<byte[], (OperationStatus Status, int Consumed)> read)
    {
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Equal((OperationStatus.NeedMoreData, 0), read(bytes[..length]));
        }
    }
}
