using Nario.Codec;
using Nario.Store.Hashes;
using Nario.Store.Paths;
using Nario.Store.Pipeline;
using Nario.Testing;

namespace Nario.Store.Tests.Pipeline;

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
        using NarIntake intake = Begin(new AdditionAtWork { BeginFile = static () => throw new StoreException("the disk is full") });
        using Stream input = canSeek ? new MemoryStream(nar) : new PipeStream(nar);
        StoreException error = Assert.Throws<StoreException>(() => Restore(intake, new NarCursor(input)));
        Assert.Equal("named: the disk is full", error.Message);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(300_000)]
    public void Adds_one_path_after_the_other_and_drops_what_is_not_committed(int length)
    {
        byte[] nar = TestNar.Write(sink => SampleTree.WriteFile(sink, false, Large.AsSpan(0, length)));
        List<string> done = [];
        using (NarIntake intake = new(() => new AdditionAtWork(done), CancellationToken.None))
        {
            NarioReader reader = NarioReader.Open(new MemoryStream(WriteNario(nar, 5)));
            for (int number = 0; reader.Read(); number++)
            {
                (NixHash hash, ulong size) = number == 1 ? intake.Read(reader.Nar) : intake.Restore(reader.Nar, null, Named);
                Assert.Equal((TestHash.Sha256(nar), (ulong)nar.Length), (hash, size));
                switch (number)
                {
                    case 0 or 3:
                        intake.Commit(addition => done.Add($"commit {addition.Commit(TemporaryStore.MakeInfo(TestStorePath.Named("path")))}"), 0);
                        break;
                    case 2:
                        intake.Drop();
                        break;
                }
            }

            intake.Finish();
            Assert.Equal(
                ["begin", "file", "commit True", "drop", "begin", "file", "drop", "begin", "file", "commit True", "drop", "begin", "file"],
                done);
        }

        Assert.Equal("drop", done[^1]);
        Assert.Equal(4, done.Count(static what => what == "drop"));
    }

    [Fact]
    public void Goes_on_while_paths_are_restored_and_added()
    {
        using ManualResetEventSlim mayWrite = new();
        byte[] nar = TestNar.Write(WriteLarge);
        int committed = 0;
        using NarIntake intake = new(() => new AdditionAtWork { Write = mayWrite.Wait }, CancellationToken.None);
        using NarioReader reader = NarioReader.Open(new MemoryStream(WriteNario(nar, 2)));
        while (reader.Read())
        {
            intake.Restore(reader.Nar, null, Named);
            intake.Commit(_ => Interlocked.Increment(ref committed), NarIntake.MaxTextLength);
        }

        int committedBefore = Volatile.Read(ref committed);
        mayWrite.Set();
        intake.Finish();
        Assert.Equal((0, 2), (committedBefore, committed));
    }

    [Fact]
    public void Holds_much_for_a_path_only_until_it_is_added()
    {
        bool isCommitted = false;
        AdditionAtWork addition = new() { Write = static () => Thread.Sleep(50) };
        using NarIntake intake = Begin(addition);
        intake.Restore(new NarCursor(new MemoryStream(TestNar.Write(WriteLarge))), null, Named);
        intake.Commit(_ => isCommitted = true, NarIntake.MaxTextLength + 1);
        Assert.True(isCommitted);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(300_000)]
    public void Adds_nothing_after_a_path_that_cannot_be_added(int length)
    {
        byte[] nar = TestNar.Write(sink => SampleTree.WriteFile(sink, false, Large.AsSpan(0, length)));
        List<string> done = [];
        using (NarIntake intake = new(() => new AdditionAtWork(done), CancellationToken.None))
        {
            using NarioReader reader = NarioReader.Open(new MemoryStream(WriteNario(nar, 3)));
            StoreException error = Assert.Throws<StoreException>(() =>
            {
                while (reader.Read())
                {
                    intake.Restore(reader.Nar, null, Named);
                    intake.Commit(static _ => throw new StoreException("no"), 0);
                }

                intake.Finish();
            });
            Assert.Equal("no", error.Message);
            Assert.Equal("no", Assert.Throws<StoreException>(intake.Finish).Message);
        }

        Assert.Equal(["begin", "file", "drop"], done);
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
            using NarIntake intake = Begin(new AdditionAtWork());
            using NarioReader reader = NarioReader.Open(new CutStream(nario, cut));
            Assert.True(reader.Read());
            return Assert.Throws<NarioFormatException>(() => Restore(intake, reader.Nar)).Message;
        }
    }

    [Fact]
    public void Returns_only_once_nothing_is_made_any_more()
    {
        using ManualResetEventSlim isWriting = new();
        using ManualResetEventSlim mayWrite = new();
        using NarIntake intake = Begin(new AdditionAtWork
        {
            Write = () =>
            {
                isWriting.Set();
                mayWrite.Wait();
            },
        });
        bool hasReturned = false;
        RunningThread reading = RunningThread.Start(() =>
        {
            NarCursor nar = new(new MemoryStream(MakeWrong(Large.Length)));
            Assert.Throws<NarioFormatException>(() => Restore(intake, nar));
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
        AdditionAtWork addition = new() { BeginFile = cancellation.Cancel };
        using (NarIntake intake = new(() => addition, cancellation.Token))
        {
            Assert.Throws<OperationCanceledException>(() => Restore(intake, nar));
        }

        while (nar.Read())
        {
        }

        Assert.True(nar.IsComplete);
    }

    /// <summary>Restores all, or throws what comes first.</summary>
    private static void Restore(NarIntake intake, NarCursor nar)
    {
        try
        {
            intake.Restore(nar, null, Named);
        }
        finally
        {
            intake.Finish();
        }
    }

    private static StoreException Named(StoreException error) => new($"named: {error.Message}");

    private static NarIntake Begin(IPathAddition addition) => new(() => addition, CancellationToken.None);

    /// <summary>Writes a nario of version 1 that holds one NAR several times, under different names.</summary>
    private static byte[] WriteNario(byte[] nar, int count) => TestNario.Write(
        1,
        Enumerable.Range(0, count).Select(number => (
            new NarioPathInfo { Path = TestStorePath.Named($"path-{number}").BaseName },
            (Action<INarSink>)new NarCursor(new MemoryStream(nar)).CopyTo)));

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

    private sealed class AdditionAtWork : IPathAddition, INarSink
    {
        private readonly List<string> _done;

        public AdditionAtWork(List<string>? done = null)
        {
            _done = done ?? [];
            _done.Add("begin");
        }

        public INarSink Sink => this;

        public Action BeginFile { get; init; } = static () => { };

        public Action Write { get; init; } = static () => { };

        public bool Commit(ValidPathInfo info) => true;

        public void Replace(StorePath path) => throw new NotSupportedException();

        public void Dispose() => _done.Add("drop");

        public void BeginDirectory()
        {
        }

        public void BeginEntry(ReadOnlySpan<byte> name)
        {
        }

        public void EndDirectory()
        {
        }

        void INarSink.BeginFile(bool isExecutable, ulong length)
        {
            _done.Add("file");
            BeginFile();
        }

        public void WriteContents(ReadOnlySpan<byte> chunk) => Write();

        public void WriteSymlink(ReadOnlySpan<byte> target)
        {
        }
    }
}
