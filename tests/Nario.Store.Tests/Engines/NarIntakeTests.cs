using Nario.Codec;
using Nario.Store.Engines;
using Nario.Testing;

namespace Nario.Store.Tests.Engines;

public sealed class NarIntakeTests
{
    // So much that restoring has a thread of its own.
    private static readonly byte[] Large = new byte[300_000];

    public static TheoryData<int, bool> Sizes => new() { { 100, false }, { 100, true }, { 300_000, false }, { 300_000, true } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Tells_what_could_not_be_made_before_what_is_wrong_behind_it(int length, bool canSeek)
    {
        byte[] nar = MakeWrong(length);
        using NarIntake intake = new();
        using Stream input = canSeek ? new MemoryStream(nar) : new PipeStream(nar);
        SinkAtWork sink = new() { Begin = static () => throw new StoreException("the disk is full") };
        StoreException error = Assert.Throws<StoreException>(
            () => intake.Read(new NarCursor(input), sink, null, CancellationToken.None));
        Assert.Equal("the disk is full", error.Message);
    }

    [Fact]
    public void Tells_the_same_of_what_is_wrong_wherever_the_reads_end()
    {
        // The first entry of version 1, with a file that is longer than any can be.
        byte[] nario = [1, 0, 0, 0, 0, 0, 0, 0, .. TestNar.Write(static sink => SampleTree.WriteFile(sink, false, "1234567"u8))];
        int length = nario.AsSpan().IndexOf("1234567"u8) - sizeof(ulong);
        nario.AsSpan(length, sizeof(ulong)).Fill(0xff);
        string expected = Refuse(nario, nario.Length);
        Assert.Contains($"offset {length + sizeof(ulong)}", expected, StringComparison.Ordinal);
        for (int cut = 1; cut < nario.Length; cut++)
        {
            Assert.Equal(expected, Refuse(nario, cut));
        }

        static string Refuse(byte[] nario, int cut)
        {
            using NarIntake intake = new();
            using NarioReader reader = NarioReader.Open(new CutStream(nario, cut));
            Assert.True(reader.Read());
            return Assert.Throws<NarioFormatException>(
                () => intake.Read(reader.Nar, new SinkAtWork(), null, CancellationToken.None)).Message;
        }
    }

    [Fact]
    public void Returns_only_once_nothing_is_made_any_more()
    {
        using ManualResetEventSlim isWriting = new();
        using ManualResetEventSlim mayWrite = new();
        using NarIntake intake = new();
        SinkAtWork sink = new()
        {
            Write = () =>
            {
                isWriting.Set();
                mayWrite.Wait();
            },
        };
        bool hasReturned = false;
        RunningThread reading = RunningThread.Start(() =>
        {
            NarCursor nar = new(new MemoryStream(MakeWrong(Large.Length)));
            Assert.Throws<NarioFormatException>(() => intake.Read(nar, sink, null, CancellationToken.None));
            hasReturned = true;
        });
        isWriting.Wait();
        Thread.Sleep(100);
        bool hadReturned = hasReturned;
        mayWrite.Set();
        reading.Join();
        Assert.Equal((false, true), (hadReturned, hasReturned));
    }

    [Fact]
    public void A_cursor_can_be_used_after_an_intake_that_was_cancelled()
    {
        using CancellationTokenSource cancellation = new();
        NarCursor nar = new(new MemoryStream(TestNar.Write(WriteLarge)));
        using (NarIntake intake = new())
        {
            SinkAtWork sink = new() { Begin = cancellation.Cancel };
            Assert.Throws<OperationCanceledException>(() => intake.Read(nar, sink, null, cancellation.Token));
        }

        while (nar.Read())
        {
        }

        Assert.True(nar.IsComplete);
    }

    private static void WriteLarge(INarSink sink) => SampleTree.WriteFile(sink, false, Large);

    /// <summary>Makes the NAR of a folder with one file, in which the last padding is wrong.</summary>
    private static byte[] MakeWrong(int length)
    {
        byte[] nar = TestNar.Write(sink =>
        {
            sink.BeginDirectory();
            SampleTree.WriteFile(sink, "file"u8, false, Large.AsSpan(0, length));
            sink.EndDirectory();
        });
        nar[^1] = 1;
        return nar;
    }

    /// <summary>A stream that gives its bytes in two pieces.</summary>
    private sealed class CutStream(byte[] bytes, int cut) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Position < cut ? Math.Min(count, cut - (int)Position) : count);
    }

    private sealed class SinkAtWork : INarSink
    {
        public Action Begin { get; init; } = static () => { };

        public Action Write { get; init; } = static () => { };

        public void BeginDirectory()
        {
        }

        public void BeginEntry(ReadOnlySpan<byte> name)
        {
        }

        public void EndDirectory()
        {
        }

        public void BeginFile(bool isExecutable, ulong length) => Begin();

        public void WriteContents(ReadOnlySpan<byte> chunk) => Write();

        public void WriteSymlink(ReadOnlySpan<byte> target)
        {
        }
    }
}
