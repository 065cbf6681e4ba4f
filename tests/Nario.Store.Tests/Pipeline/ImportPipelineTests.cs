using Nario.Codec;
using Nario.Store.Paths;
using Nario.Store.Pipeline;
using Nario.Testing;

namespace Nario.Store.Tests.Pipeline;

public sealed class ImportPipelineTests
{
    // So much that restoring has a thread of its own.
    private static readonly byte[] Large = new byte[300_000];

    private static readonly EntryContext Entry = new(7, null, null, StoreDirectory.Default);

    public static TheoryData<int, bool> Sizes => new() { { 100, false }, { 100, true }, { 300_000, false }, { 300_000, true } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Reports_what_could_not_be_restored_before_what_is_wrong_behind_it(int length, bool canSeek)
    {
        byte[] nar = MakeWrong(length);
        using Stream input = canSeek ? new MemoryStream(nar) : new PipeStream(nar);
        AdditionAtWork addition = new() { BeginFile = static () => throw new StoreException("the disk is full") };
        StoreException error = Assert.Throws<StoreException>(
            () => Run(() => addition, pipeline => pipeline.Restore(new NarCursor(input), null, Entry)));
        Assert.Equal("entry 7: the disk is full", error.Message);
    }

    [Fact]
    public void Reports_what_could_not_be_registered_before_all_else()
    {
        FakeStore store = new(static () => throw new StoreException("cannot begin"))
        {
            OnFlush = static () => throw new StoreException("cannot register"),
        };
        StoreException error = Assert.Throws<StoreException>(
            () => ImportPipeline.Run(
                store,
                pipeline =>
                {
                    pipeline.Restore(new NarCursor(new MemoryStream(TestNar.Write(WriteLarge))), null, Entry);
                    throw new InvalidOperationException("cannot frame");
                },
                null,
                CancellationToken.None));
        Assert.Equal("cannot register", error.Message);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(300_000)]
    public void Adds_one_path_after_the_other_and_drops_what_is_not_registered(int length)
    {
        byte[] nar = TestNar.Write(sink => SampleTree.WriteFile(sink, false, Large.AsSpan(0, length)));
        NarDigest expected = new(TestHash.Sha256(nar), (ulong)nar.Length);
        List<string> done = [];
        Run(
            () => new AdditionAtWork(done),
            pipeline =>
            {
                using NarioReader reader = NarioReader.Open(new MemoryStream(WriteNario(nar, 5)));
                for (int number = 0; reader.Read(); number++)
                {
                    Assert.Equal(expected, number == 1 ? pipeline.Hash(reader.Nar) : pipeline.Restore(reader.Nar, null, Entry));
                    switch (number)
                    {
                        case 0 or 3:
                            pipeline.Register(Entry, TemporaryStore.MakeInfo(TestStorePath.Named("path")));
                            break;
                        case 2:
                            pipeline.Drop();
                            break;
                    }
                }

                pipeline.Drain();
                Assert.Equal(
                    ["begin", "file", "commit", "drop", "begin", "file", "drop", "begin", "file", "commit", "drop", "begin", "file"],
                    done);
            });

        Assert.Equal("drop", done[^1]);
        Assert.Equal(4, done.Count(static what => what == "drop"));
    }

    [Fact]
    public void Reads_on_while_paths_are_restored_and_added()
    {
        using ManualResetEventSlim mayWrite = new();
        byte[] nar = TestNar.Write(WriteLarge);
        List<string> done = [];
        Run(
            () => new AdditionAtWork(done) { Write = mayWrite.Wait },
            pipeline =>
            {
                using NarioReader reader = NarioReader.Open(new MemoryStream(WriteNario(nar, 2)));
                while (reader.Read())
                {
                    pipeline.Restore(reader.Nar, null, Entry);
                    pipeline.Register(Entry, TemporaryStore.MakeInfo(TestStorePath.Named("path")));
                }

                lock (done)
                {
                    Assert.DoesNotContain("commit", done);
                }

                mayWrite.Set();
            });
        Assert.Equal(2, done.Count(static what => what == "commit"));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(300_000)]
    public void Adds_nothing_after_a_path_that_cannot_be_added(int length)
    {
        byte[] nar = TestNar.Write(sink => SampleTree.WriteFile(sink, false, Large.AsSpan(0, length)));
        List<string> done = [];
        StoreException error = Assert.Throws<StoreException>(() => Run(
            () => new AdditionAtWork(done) { OnCommit = static () => throw new StoreException("no") },
            pipeline =>
            {
                using NarioReader reader = NarioReader.Open(new MemoryStream(WriteNario(nar, 3)));
                while (reader.Read())
                {
                    pipeline.Restore(reader.Nar, null, Entry);
                    pipeline.Register(Entry, TemporaryStore.MakeInfo(TestStorePath.Named("path")));
                }
            }));

        Assert.Equal("no", error.Message);
        Assert.Equal(["begin", "file", "commit", "drop"], done);
    }

    [Fact]
    public void Reports_the_same_error_wherever_the_reads_end()
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
            using NarioReader reader = NarioReader.Open(new CutStream(nario, cut));
            Assert.True(reader.Read());
            return Assert.Throws<NarioFormatException>(
                () => Run(static () => new AdditionAtWork(), pipeline => pipeline.Restore(reader.Nar, null, Entry))).Message;
        }
    }

    [Fact]
    public void Returns_only_once_nothing_is_restored_any_more()
    {
        using ManualResetEventSlim isWriting = new();
        using ManualResetEventSlim mayWrite = new();
        AdditionAtWork addition = new()
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
            Assert.Throws<NarioFormatException>(() => Run(() => addition, pipeline => pipeline.Restore(nar, null, Entry)));
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
    public void A_cursor_can_be_used_after_an_import_that_was_cancelled()
    {
        using CancellationTokenSource cancellation = new();
        NarCursor nar = new(new MemoryStream(TestNar.Write(WriteLarge)));
        FakeStore store = new(() => new AdditionAtWork { BeginFile = cancellation.Cancel });
        Assert.Throws<OperationCanceledException>(
            () => ImportPipeline.Run(store, pipeline => pipeline.Restore(nar, null, Entry), null, cancellation.Token));

        while (nar.Read())
        {
        }

        Assert.True(nar.IsComplete);
    }

    private static void Run(Func<IPathAddition> beginAddition, Action<ImportPipeline> frame) =>
        ImportPipeline.Run(new FakeStore(beginAddition), frame, null, CancellationToken.None);

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
            Note("begin");
        }

        public INarSink Sink => this;

        public Action BeginFile { get; init; } = static () => { };

        public Action Write { get; init; } = static () => { };

        public Action OnCommit { get; init; } = static () => { };

        public bool Commit(ValidPathInfo info)
        {
            Note("commit");
            OnCommit();
            return true;
        }

        public void Replace(StorePath path) => throw new NotSupportedException();

        public void Dispose() => Note("drop");

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
            Note("file");
            BeginFile();
        }

        public void WriteContents(ReadOnlySpan<byte> chunk) => Write();

        public void WriteSymlink(ReadOnlySpan<byte> target)
        {
        }

        private void Note(string what)
        {
            lock (_done)
            {
                _done.Add(what);
            }
        }
    }
}
