using System.Buffers;
using System.Text;
using FsCheck.Xunit;
using Nario.Codec;
using Nario.Ksy.Generator.Tests.Formats;
using Nario.Ksy.Generator.Tests.Harness;

namespace Nario.Ksy.Generator.Tests.Streams;

/// <summary>What generated writers refuse, and that they can go on after it.</summary>
public sealed class WriterTests
{
    [Fact]
    public void ATokenOutOfOrder_IsRefused()
    {
        ArrayBufferWriter<byte> output = new();
        NarState state = new();
        NarWriter<ArrayBufferWriter<byte>> writer = new(output, state);
        Refuses<InvalidOperationException>(
            ref writer,
            static (ref writer) => writer.WriteEntry("a"u8),
            "Entry cannot be written here: expected File or Symlink or DirectoryStart.");
        Refuses<InvalidOperationException>(
            ref writer,
            static (ref writer) => writer.WriteDirectoryEnd(),
            "DirectoryEnd");
        Refuses<InvalidOperationException>(
            ref writer,
            static (ref writer) => writer.Complete(),
            "None cannot be written here");
        writer.WriteDirectoryStart();
        Refuses<InvalidOperationException>(
            ref writer,
            static (ref writer) => writer.WriteSymlink("a"u8),
            "expected Entry or DirectoryEnd");
        writer.WriteEntry("a"u8);
        Refuses<InvalidOperationException>(ref writer, static (ref writer) => writer.WriteEntry("b"u8), "Entry");
        writer.WriteSymlink("t"u8);
        writer.WriteDirectoryEnd();
        writer.Complete();
        Refuses<InvalidOperationException>(
            ref writer,
            static (ref writer) => writer.WriteDirectoryEnd(),
            "expected the end");
        Assert.Equal(
            ["nar.DirectoryStart", "nar.Entry", "nar.Symlink", "nar.DirectoryEnd"],
            new NarFormat().Read(output.WrittenSpan.ToArray()).Items.Select(item => item.Token));
    }

    [Fact]
    public void NamesOutOfOrder_AreRefused()
    {
        ArrayBufferWriter<byte> output = new();
        NarWriter<ArrayBufferWriter<byte>> writer = new(output, new NarState());
        writer.WriteDirectoryStart();
        writer.WriteEntry("b"u8);
        writer.WriteSymlink("t"u8);
        Refuses<ArgumentException>(ref writer, static (ref writer) => writer.WriteEntry("a"u8), "byte order");
        Refuses<ArgumentException>(ref writer, static (ref writer) => writer.WriteEntry("b"u8), "byte order");
        writer.WriteEntry("b\u0001"u8);
        writer.WriteSymlink("t"u8);
        writer.WriteDirectoryEnd();
        writer.Complete();
        Assert.Null(new NarFormat().Read(output.WrittenSpan.ToArray()).Fault);
    }

    [Fact]
    public void AValueOfAnEnumerationTooWideForItsField_IsRefused()
    {
        ArrayBufferWriter<byte> output = new();
        MarkedSamplesWriter<ArrayBufferWriter<byte>> writer = new(output, new MarkedSamplesState());
        foreach (MarkedSamples.Mark mark in new[] { MarkedSamples.Mark.High, MarkedSamples.Mark.None })
        {
            string message = string.Empty;
            try
            {
                writer.WriteMark(mark);
            }
            catch (ArgumentException exception)
            {
                message = exception.Message;
            }

            Assert.StartsWith("marked_samples/mark must be 0 to 255.", message, StringComparison.Ordinal);
        }

        writer.WriteMark(MarkedSamples.Mark.Middle);
        writer.WriteSample(MarkedSamples.Mark.Low, MarkedSamples.Mark.High);
        writer.WriteBody("abcd"u8);
        writer.Complete();
        Assert.Equal([200, 7, 0x40, 0x9c, .. "abcd"u8], output.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\0")]
    [InlineData("too long")]
    public void BadNames_AreRefused(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name == "too long" ? new string('a', 256) : name);
        Refusal.Of(
            nameof(name),
            () =>
            {
                NarWriter<ArrayBufferWriter<byte>> writer = new(new ArrayBufferWriter<byte>(), new NarState());
                writer.WriteDirectoryStart();
                writer.WriteEntry(bytes);
            });
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0")]
    [InlineData("too long")]
    public void BadTargets_AreRefused(string target)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(target == "too long" ? new string('a', 4096) : target);
        Refusal.Of(
            nameof(target),
            () =>
            {
                NarWriter<ArrayBufferWriter<byte>> writer = new(new ArrayBufferWriter<byte>(), new NarState());
                writer.WriteSymlink(bytes);
            });
    }

    [Fact]
    public void NestingTooDeep_IsRefused()
    {
        ArrayBufferWriter<byte> output = new();
        NarWriter<ArrayBufferWriter<byte>> writer = new(output, new NarState());
        for (int depth = 1; depth < 64; depth++)
        {
            writer.WriteDirectoryStart();
            writer.WriteEntry("a"u8);
        }

        writer.WriteDirectoryStart();
        writer.WriteEntry("a"u8);
        Refuses<ArgumentException>(
            ref writer,
            static (ref writer) => writer.WriteSymlink("t"u8),
            "at most 64 levels of node");
        Refuses<ArgumentException>(
            ref writer,
            static (ref writer) => writer.WriteDirectoryStart(),
            "at most 64 levels of node");
    }

    [Fact]
    public void ContentsOfAnotherLength_AreRefused()
    {
        ArrayBufferWriter<byte> output = new();
        NarWriter<ArrayBufferWriter<byte>> writer = new(output, new NarState());
        writer.WriteFile(Nar.FileTagName.Contents, 3);
        Refuses<InvalidOperationException>(
            ref writer,
            static (ref writer) => writer.WriteContents("four"u8),
            "3 bytes");
        writer.WriteContents("ab"u8);
        Refuses<InvalidOperationException>(
            ref writer,
            static (ref writer) => writer.Complete(),
            "1 bytes of Contents are missing");
        writer.WriteContents("c"u8);
        Refuses<InvalidOperationException>(ref writer, static (ref writer) => writer.WriteContents("d"u8), "");
        writer.Complete();
        Assert.Equal("616263", new NarFormat().Read(output.WrittenSpan.ToArray()).Items[^1].Bytes);
    }

    [Property(MaxTest = 200)]
    public void ContentsInOnePieceOrInMore_AreTheSame(byte[] bytes, ushort extra, int cut)
    {
        byte[] contents = [.. bytes, .. new byte[extra % 6000]];
        int first = contents.Length == 0 ? 0 : (cut & int.MaxValue) % contents.Length;
        byte[][] outputs = new byte[2][];
        for (int way = 0; way < outputs.Length; way++)
        {
            ArrayBufferWriter<byte> output = new();
            NarState state = new();
            NarWriter<ArrayBufferWriter<byte>> writer = new(output, state);
            writer.WriteDirectoryStart();
            foreach (byte[] name in new byte[][] { [1], [2] })
            {
                writer.WriteEntry(name);
                writer.WriteFile(Nar.FileTagName.Contents, (ulong)contents.Length);
                writer.WriteContents(way == 0 ? contents : contents.AsSpan(0, first));
                writer.WriteContents(way == 0 ? [] : contents.AsSpan(first));
                Refuses<InvalidOperationException>(ref writer, static (ref writer) => writer.WriteContents("x"u8), "");
            }

            Assert.False(state.IsComplete);
            writer.WriteDirectoryEnd();
            writer.Complete();
            outputs[way] = output.WrittenSpan.ToArray();
        }

        Assert.Equal(outputs[0], outputs[1]);
        Assert.Null(new NarFormat().Read(outputs[0]).Fault);
    }

    [Fact]
    public void ContentsBeyondAStatedSize_AreRefusedInOnePieceToo()
    {
        ArrayBufferWriter<byte> output = new();
        NarState state = new();
        NarWriter<ArrayBufferWriter<byte>> writer = new(output, state);
        writer.WriteFile(Nar.FileTagName.Contents, 3);
        writer.Flush();
        long begin = output.WrittenCount;
        foreach (long room in new[] { 0L, 2 })
        {
            output.ResetWrittenCount();
            state.Reset(0, begin + room);
            writer = new(output, state);
            writer.WriteFile(Nar.FileTagName.Contents, 3);
            Refuses<ArgumentException>(ref writer, static (ref writer) => writer.WriteContents("abc"u8), $"at most {room} bytes");
        }
    }

    [Fact]
    public void ContentsThatOthersWrite_AreCounted()
    {
        ArrayBufferWriter<byte> output = new();
        NarState state = new();
        NarWriter<ArrayBufferWriter<byte>> writer = new(output, state);
        Refuses<InvalidOperationException>(ref writer, static (ref writer) => writer.PassContents(0), "expected");
        writer.WriteFile(Nar.FileTagName.Contents, 5_000_000_000);
        Refuses<ArgumentOutOfRangeException>(ref writer, static (ref writer) => writer.PassContents(-1), "count");
        writer.PassContents(0);
        Assert.Equal(output.WrittenCount, state.Offset);
        state.Reset();
        output.ResetWrittenCount();

        writer = new(output, state);
        writer.WriteFile(Nar.FileTagName.Contents, 5);
        writer.PassContents(0);
        Refuses<InvalidOperationException>(ref writer, static (ref writer) => writer.PassContents(6), "5 bytes");
        output.Write("ab"u8);
        writer.PassContents(2);
        writer.WriteContents("c"u8);
        writer.PassContents(2);
        output.Write("de"u8);
        Refuses<InvalidOperationException>(ref writer, static (ref writer) => writer.PassContents(1), "");
        writer.Complete();
        Assert.Equal(output.WrittenCount, state.Offset);
        Assert.Equal("6162636465", new NarFormat().Read(output.WrittenSpan.ToArray()).Items[^1].Bytes);
    }

    [Fact]
    public void AWriterWhoseOutputHasFailed_GoesOnWithNothing()
    {
        ReluctantOutput output = new();
        NarState state = new();
        NarWriter<ReluctantOutput> writer = new(output, state);
        writer.WriteDirectoryStart();
        int entries = 0;
        try
        {
            for (; entries < 1000; entries++)
            {
                writer.WriteEntry(Encoding.ASCII.GetBytes($"{entries:d4}"));
                writer.WriteSymlink("target"u8);
            }
        }
        catch (IOException)
        {
            Assert.True(entries > 10);
        }

        Assert.True(state.HasFailed);
        foreach (Action<NarState> call in (Action<NarState>[])
            [
                state => new NarWriter<ReluctantOutput>(output, state).WriteSymlink("t"u8),
                state => new NarWriter<ReluctantOutput>(output, state).WriteEntry("zzzz"u8),
                state => new NarWriter<ReluctantOutput>(output, state).WriteDirectoryEnd(),
                state => new NarWriter<ReluctantOutput>(output, state).Complete(),
            ])
        {
            Assert.Throws<InvalidOperationException>(() => call(state));
        }

        Assert.False(state.IsComplete);
    }

    [Fact]
    public void ListsOfAnotherLength_AreRefused()
    {
        ArrayBufferWriter<byte> output = new();
        TaggedRecordsWriter<ArrayBufferWriter<byte>> writer = new(output, new TaggedRecordsState());
        writer.WriteVersion(1);
        try
        {
            writer.WriteGroupStart(65536);
            Assert.Fail("The count is too large.");
        }
        catch (ArgumentException exception)
        {
            Assert.Contains("at most 65535", exception.Message, StringComparison.Ordinal);
        }

        writer.WriteGroupStart(1);
        try
        {
            writer.WriteGroupEnd();
            Assert.Fail("An element is missing.");
        }
        catch (InvalidOperationException) { }

        writer.WriteInteger(5);
        try
        {
            writer.WriteInteger(6);
            Assert.Fail("The list is full.");
        }
        catch (InvalidOperationException) { }

        writer.WriteGroupEnd();
        writer.WriteTrailer(0, default, default, 7);
        writer.Complete();
        Assert.Equal(
            ["Version", "GroupStart", "Integer", "GroupEnd", "Trailer"],
            new TaggedRecordsFormat().Read(output.WrittenSpan.ToArray()).Items.Select(item => item.Token));
    }

    [Fact]
    public void ANarOfAnotherSizeThanStated_IsRefused()
    {
        byte[] nar = new NarFormat().Write([new TraceItem("nar.Symlink", "61")]);
        foreach (int difference in new[] { -8, 8, 800 })
        {
            ArrayBufferWriter<byte> output = new();
            NarioV2State state = new();
            NarioV2Writer<ArrayBufferWriter<byte>> writer = new(output, state);
            writer.WriteEntriesStart();
            writer.WritePath(new byte[40]);
            writer.WriteDeriver([]);
            writer.WriteNarHash(new byte[64]);
            writer.WriteReferencesStart(0);
            writer.WriteReferencesEnd();
            writer.WriteRegistrationTime(0);
            writer.WriteNarSize((ulong)(nar.Length + difference));
            writer.WriteUltimate(0);
            writer.WriteSignaturesStart(0);
            writer.WriteSignaturesEnd();
            writer.WriteCa([]);
            writer.WriteNar();
            bool isRefused = false;
            try
            {
                NarWriter<ArrayBufferWriter<byte>> inner = new(output, state.Nar);
                inner.WriteSymlink("a"u8);
                inner.Complete();
                writer.WriteEntriesEnd();
            }
            catch (InvalidOperationException)
            {
                isRefused = true;
            }

            Assert.True(isRefused);
        }
    }

    [Property(MaxTest = 200)]
    public void ARefusedCall_LeavesTheWriterWhereItWas(int seed)
    {
        Random random = new(seed);
        NarFormat format = new();
        IReadOnlyList<TraceItem> items = format.Make(random);
        byte[] expected = format.Write(items);
        ArrayBufferWriter<byte> output = new();
        NarWriter<ArrayBufferWriter<byte>> writer = new(output, new NarState());
        foreach (TraceItem item in items)
        {
            Assert.False(Try(ref writer, "nar.Symlink", [0]));
            foreach (string other in new[] { "nar.Entry", "nar.DirectoryEnd" })
            {
                // Only what surely is not allowed: a name beside its node, an end beside an element.
                if (item.Token is not ("nar.Entry" or "nar.DirectoryEnd"))
                {
                    Assert.False(Try(ref writer, other, "z"u8));
                }
            }

            Assert.True(Try(ref writer, item.Token, item.Bytes.Length > 0 ? item.BytesAt() : [], item));
        }

        writer.Complete();
        Assert.Equal(expected, output.WrittenSpan.ToArray());
    }

    private static bool Try(
        ref NarWriter<ArrayBufferWriter<byte>> writer,
        string token,
        ReadOnlySpan<byte> bytes,
        TraceItem? item = null)
    {
        try
        {
            switch (token)
            {
                case "nar.File":
                    writer.WriteFile((Nar.FileTagName)item!.NumberAt(0), item.NumberAt(1));
                    break;
                case "nar.Contents":
                    writer.WriteContents(bytes);
                    break;
                case "nar.Symlink":
                    writer.WriteSymlink(bytes);
                    break;
                case "nar.DirectoryStart":
                    writer.WriteDirectoryStart();
                    break;
                case "nar.Entry":
                    writer.WriteEntry(bytes);
                    break;
                default:
                    writer.WriteDirectoryEnd();
                    break;
            }

            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    private delegate void Call(ref NarWriter<ArrayBufferWriter<byte>> writer);

    /// <summary>Gives room once, fails then, and would give more after that.</summary>
    private sealed class ReluctantOutput : IBufferWriter<byte>
    {
        private int _calls;

        public void Advance(int count)
        {
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException();

        public Span<byte> GetSpan(int sizeHint = 0) => ++_calls == 2 ? throw new IOException() : new byte[sizeHint];
    }

    private static void Refuses<TException>(ref NarWriter<ArrayBufferWriter<byte>> writer, Call call, string message)
        where TException : Exception
    {
        try
        {
            call(ref writer);
        }
        catch (TException exception)
        {
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
            return;
        }

        Assert.Fail($"The call is not refused; expected: {message}");
    }
}
