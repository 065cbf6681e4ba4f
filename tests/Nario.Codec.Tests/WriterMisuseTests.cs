using System.Buffers;
using Nario.Codec.Tests.Streams;
using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests;

/// <summary>What writers refuse, and that they write nothing more then.</summary>
public sealed class WriterMisuseTests
{
    private const string Name = "0123456789abcdfghijklmnpqrsvwxyz-name";

    private static readonly NarioPathInfo Info = new()
    {
        Path = Name,
        NarHash = new string('0', 64),
        NarSize = (ulong)Wire.Nar(new FileNode([1])).Length,
    };

    public static TheoryData<int> Versions => [.. NarioVersion.All.Select(version => version.Number)];

    public static TheoryData<string, Action<INarSink>> BadCalls => new()
    {
        { "an entry outside a directory", sink => sink.BeginEntry("a"u8) },
        { "contents without a file", sink => sink.WriteContents("a"u8) },
        { "room without a file", static sink => sink.GetContentsSpan() },
        { "room beyond a file", static sink => Fill(sink, 1, 2) },
        { "more than the room", static sink => Fill(sink, int.MaxValue, 1_000_000_000) },
        { "room that was not given", static sink => FillNothing(sink) },
        { "room that was left unused", static sink => FillAfterwards(sink) },
        { "room without bytes that are missing", static sink => FillTwice(sink) },
        { "room counted backwards", static sink => Fill(sink, 5_000_000_000, -1) },
        { "room counted outside a file", static sink => sink.AdvanceContents(1) },
        { "the end of no directory", sink => sink.EndDirectory() },
        { "an empty target", sink => sink.WriteSymlink([]) },
        { "a target with a zero", sink => sink.WriteSymlink("a\0"u8) },
        { "a target too long", sink => sink.WriteSymlink(new byte[4096].Select(_ => (byte)'t').ToArray()) },
        { "too much contents", sink => Write(sink, 1, "ab") },
        { "names out of order", sink => WriteNames(sink, "b", "a") },
        { "a name twice", sink => WriteNames(sink, "a", "a") },
        { "a name with a slash", sink => WriteNames(sink, "a/b") },
        { "a name with a zero", sink => WriteNames(sink, "a\0") },
        { "no name", sink => WriteNames(sink, "") },
        { "a name of dots", sink => WriteNames(sink, "..") },
        { "a name too long", sink => WriteNames(sink, new string('n', 256)) },
        { "an entry without a node", sink => WriteEntryWithoutNode(sink) },
        { "a second root", sink => WriteTwice(sink) },
        { "a file that claims too much", sink => Write(sink, ulong.MaxValue, "a") },
    };

    [Theory]
    [MemberData(nameof(BadCalls))]
    public void A_sink_refuses(string what, Action<INarSink> call)
    {
        ArrayBufferWriter<byte> output = new();
        NarWriterSink<ArrayBufferWriter<byte>> sink = new(output);
        Exception error = Assert.ThrowsAny<Exception>(() => call(sink));
        Assert.True(error is InvalidOperationException or ArgumentException, $"{what}: {error.GetType()}");
        int length = output.WrittenCount;
        Assert.Throws<InvalidOperationException>(sink.EndDirectory);
        Assert.Throws<InvalidOperationException>(() => sink.BeginEntry("zzz"u8));
        Assert.Throws<InvalidOperationException>(() => sink.WriteContents("x"u8));
        Assert.Throws<InvalidOperationException>(() => sink.GetContentsSpan());
        Assert.Throws<InvalidOperationException>(sink.Complete);
        Assert.Equal(length, output.WrittenCount);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    public void A_writer_whose_output_has_failed_stays_failed(int goodWrites, bool usesRoom)
    {
        const int Length = 1_000_000;
        NarioWriter writer = new(new FullStream(goodWrites), NarioVersion.Find(1)!);
        INarSink sink = writer.BeginPath(Info);
        sink.BeginFile(isExecutable: false, Length);

        Assert.Throws<IOException>(() =>
        {
            for (int written = 0; written < Length; written += 100)
            {
                if (usesRoom)
                {
                    sink.GetContentsSpan()[..100].Clear();
                    sink.AdvanceContents(100);
                }
                else
                {
                    sink.WriteContents(new byte[100]);
                }
            }
        });

        Assert.Throws<InvalidOperationException>(() => sink.GetContentsSpan());
        Assert.Throws<InvalidOperationException>(() => sink.AdvanceContents(1));
        Assert.Throws<InvalidOperationException>(() => sink.WriteContents("x"u8));
        Assert.Throws<InvalidOperationException>(writer.EndPath);
        Assert.Throws<InvalidOperationException>(writer.Complete);
    }

    [Fact]
    public void An_output_counts_only_what_it_has_given_room_for()
    {
        ConsumerOutput output = new(new LateConsumer());
        int length = output.GetSpan().Length;
        Assert.Throws<ArgumentOutOfRangeException>(() => output.Advance(length + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => output.Advance(-1));
        output.Advance(length);
        Assert.Throws<ArgumentOutOfRangeException>(() => output.Advance(1));
    }

    [Fact]
    public void A_sink_without_room_takes_none()
    {
        INarSink sink = new CountingSink();
        Assert.True(sink.GetContentsSpan().IsEmpty);
        Assert.Throws<NotSupportedException>(() => sink.AdvanceContents(1));
    }

    [Fact]
    public void A_sink_knows_what_is_missing()
    {
        NarWriterSink<ArrayBufferWriter<byte>> empty = new(new());
        Assert.Throws<InvalidOperationException>(empty.Complete);
        NarWriterSink<ArrayBufferWriter<byte>> open = new(new());
        open.BeginDirectory();
        Assert.Throws<InvalidOperationException>(open.Complete);
        NarWriterSink<ArrayBufferWriter<byte>> part = new(new());
        part.BeginFile(isExecutable: false, 2);
        part.WriteContents("a"u8);
        Assert.Throws<KsySizeException>(part.Complete);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Calls_out_of_order_are_refused(int version)
    {
        Assert.Throws<InvalidOperationException>(() => Make(version).EndPath());
        NarioWriter twice = Make(version);
        twice.BeginPath(Info);
        Assert.Throws<InvalidOperationException>(() => twice.BeginPath(Info));
        Assert.Throws<InvalidOperationException>(twice.Complete);
        Assert.Throws<InvalidOperationException>(twice.EndPath);
        NarioWriter complete = Make(version);
        complete.Complete();
        Assert.Throws<InvalidOperationException>(complete.Complete);
        Assert.Throws<InvalidOperationException>(() => complete.BeginPath(Info));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_sink_takes_nothing_after_its_path(int version)
    {
        NarioWriter writer = Make(version);
        INarSink sink = writer.BeginPath(Info);
        TreeSink.Write(new FileNode([1]), sink);
        writer.EndPath();
        Assert.Throws<InvalidOperationException>(() => sink.BeginFile(isExecutable: false, 0));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Text_that_is_no_bytes_is_refused(int version)
    {
        NarioPathInfo[] infos =
        [
            Info with { Path = Name + "\u0100" },
            Info with { Deriver = Name + "\ud800" },
            Info with { References = [Name, Name + "\u20ac"] },
        ];
        foreach (NarioPathInfo info in infos)
        {
            NarioWriter writer = Make(version);
            Assert.ThrowsAny<ArgumentException>(() => WritePath(writer, info));
            Assert.Throws<InvalidOperationException>(writer.Complete);
        }
    }

    [Fact]
    public void Version_2_refuses_what_it_cannot_state()
    {
        NarioPathInfo[] infos =
        [
            Info with { NarHash = null },
            Info with { NarSize = null },
            Info with { NarHash = "short" },
            Info with { Path = "short" },
            Info with { Path = Name + new string('x', 211) },
            Info with { References = ["short"] },
            Info with { RegistrationTime = -1 },
            Info with { Signatures = [new string('s', 49_153)] },
            Info with { ContentAddress = new string('c', 4097) },
            Info with { NarSize = ulong.MaxValue },
        ];
        foreach (NarioPathInfo info in infos)
        {
            NarioWriter writer = Make(2);
            Assert.ThrowsAny<ArgumentException>(() => WritePath(writer, info));
            Assert.Throws<InvalidOperationException>(() => WritePath(writer, Info));
        }
    }

    [Fact]
    public void Version_2_refuses_a_NAR_of_another_size()
    {
        NarioWriter shorter = Make(2);
        TreeSink.Write(new FileNode([1]), shorter.BeginPath(Info with { NarSize = Info.NarSize + 8 }));
        Assert.Throws<KsySizeException>(shorter.EndPath);
        Assert.Throws<InvalidOperationException>(shorter.Complete);
        NarioWriter longer = Make(2);
        INarSink sink = longer.BeginPath(Info with { NarSize = Info.NarSize - 8 });
        TreeSink.Write(new FileNode([1]), sink);
        Assert.Throws<KsySizeException>(longer.EndPath);
    }

    [Fact]
    public void Nothing_is_taken_in_place_of_what_is_needed()
    {
        Assert.Throws<ArgumentNullException>(() => new NarioWriter(null!, NarioVersion.All[0]));
        Assert.Throws<ArgumentNullException>(() => new NarioWriter(Stream.Null, null!));
        Assert.Throws<ArgumentNullException>(() => Make(1).BeginPath(null!));
    }

    private static NarioWriter Make(int version) => new(new MemoryStream(), NarioVersion.Find(version)!);

    private static void WritePath(NarioWriter writer, NarioPathInfo info)
    {
        TreeSink.Write(new FileNode([1]), writer.BeginPath(info));
        writer.EndPath();
    }

    private static void Write(INarSink sink, ulong length, string contents)
    {
        sink.BeginFile(isExecutable: false, length);
        sink.WriteContents(System.Text.Encoding.ASCII.GetBytes(contents));
    }

    private static void Fill(INarSink sink, ulong length, int count)
    {
        sink.BeginFile(isExecutable: false, length);
        sink.GetContentsSpan().Clear();
        sink.AdvanceContents(count);
    }

    private static void FillNothing(INarSink sink)
    {
        sink.BeginFile(isExecutable: false, 5);
        sink.AdvanceContents(5);
    }

    private static void FillAfterwards(INarSink sink)
    {
        sink.BeginFile(isExecutable: false, 5);
        sink.GetContentsSpan().Clear();
        sink.WriteContents("ab"u8);
        sink.AdvanceContents(3);
    }

    private static void FillTwice(INarSink sink)
    {
        Fill(sink, 1, 1);
        sink.GetContentsSpan();
    }

    private static void WriteNames(INarSink sink, params string[] names)
    {
        sink.BeginDirectory();
        foreach (string name in names)
        {
            sink.BeginEntry(System.Text.Encoding.Latin1.GetBytes(name));
            sink.WriteSymlink("t"u8);
        }
    }

    private static void WriteEntryWithoutNode(INarSink sink)
    {
        sink.BeginDirectory();
        sink.BeginEntry("a"u8);
        sink.EndDirectory();
    }

    private static void WriteTwice(INarSink sink)
    {
        sink.WriteSymlink("t"u8);
        sink.WriteSymlink("t"u8);
    }
}
