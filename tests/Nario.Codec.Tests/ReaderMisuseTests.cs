using Nario.Codec.Tests.Streams;
using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests;

/// <summary>What readers refuse, and that they read nothing more once they have failed.</summary>
public sealed class ReaderMisuseTests
{
    private const string Name = "0123456789abcdfghijklmnpqrsvwxyz-name";

    public static TheoryData<int> Versions => [.. NarioVersion.All.Select(version => version.Number)];

    [Theory]
    [MemberData(nameof(Versions))]
    public void There_is_no_path_before_the_first_and_after_the_last(int version)
    {
        using NarioReader reader = Open(version);
        CheckNoPath(reader);
        Assert.True(reader.Read());
        Assert.True(reader.Read());
        Assert.False(reader.Read());
        CheckNoPath(reader);
        Assert.False(reader.Read());
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_disposed_reader_reads_nothing(int version)
    {
        byte[] bytes = Sample(version).ToBytes();
        using MemoryStream kept = new(bytes);
        NarioReader reader = NarioReader.Open(kept, leaveOpen: true);
        reader.Read();
        NarCursor nar = reader.Nar;
        reader.Dispose();
        reader.Dispose();
        Assert.True(kept.CanRead);
        Assert.Throws<ObjectDisposedException>(() => reader.Read());
        Assert.Throws<ObjectDisposedException>(reader.ReadInfo);
        Assert.Throws<ObjectDisposedException>(reader.SkipNar);
        Assert.Throws<ObjectDisposedException>(reader.RewindNar);
        Assert.Throws<ObjectDisposedException>(() => reader.Nar);
        Assert.Throws<ObjectDisposedException>(() => nar.Read());
        MemoryStream closed = new(bytes);
        NarioReader.Open(closed).Dispose();
        Assert.False(closed.CanRead);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_reader_that_has_failed_stays_failed(int version)
    {
        byte[] bytes = Sample(version).ToBytes();
        bytes[bytes.AsSpan().IndexOf("directory"u8)] ^= 1;
        using NarioReader reader = NarioReader.Open(new MemoryStream(bytes));
        Assert.True(reader.Read());
        Assert.Throws<NarioFormatException>(() => reader.Nar.Read());
        Assert.Throws<InvalidOperationException>(() => reader.Nar.Read());
        Assert.Throws<InvalidOperationException>(reader.SkipNar);
        Assert.Throws<InvalidOperationException>(reader.RewindNar);
        Assert.Throws<InvalidOperationException>(() => reader.Read());
        if (!reader.Version.HasInfoFirst)
        {
            Assert.Throws<InvalidOperationException>(reader.ReadInfo);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_reader_that_has_passed_over_the_end_stays_failed(int version)
    {
        byte[] bytes = Sample(version).ToBytes();
        int inContents = bytes.AsSpan().IndexOf("contents"u8) + 17;
        using NarioReader reader = NarioReader.Open(new MemoryStream(bytes[..inContents]));
        Assert.True(reader.Read());
        Assert.Throws<NarioFormatException>(reader.SkipNar);
        Assert.Throws<InvalidOperationException>(reader.SkipNar);
        Assert.Throws<InvalidOperationException>(() => reader.Read());
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Nothing_of_the_path_before_is_left_at_the_next_one(int version)
    {
        using NarioReader reader = Open(version);
        Assert.True(reader.Read());
        Assert.True(reader.Nar.Read());
        reader.ReadInfo();
        Assert.NotNull(reader.Find(NarioField.Path));
        Assert.True(reader.Read());
        Assert.Equal(NarToken.None, reader.Nar.Token);
        if (!reader.Version.HasInfoFirst)
        {
            Assert.Null(reader.Find(NarioField.Path));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_reader_whose_input_has_failed_stays_failed(int version)
    {
        byte[] bytes = Sample(version).ToBytes();
        for (int reads = 0; reads < 6; reads++)
        {
            FailingStream input = new(bytes, chunk: bytes.Length / 6, reads);
            NarioReader? reader = null;
            Assert.Throws<IOException>(() =>
            {
                reader = NarioReader.Open(input);
                while (reader.Read())
                {
                }
            });
            if (reader is not null)
            {
                Assert.Throws<InvalidOperationException>(() => reader.Read());
                Assert.Throws<InvalidOperationException>(() => reader.Read());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_pipe_cannot_go_back(int version)
    {
        using NarioReader reader = NarioReader.Open(new ForwardStream(Sample(version).ToBytes()));
        Assert.False(reader.CanRewindNar);
        Assert.True(reader.Read());
        Assert.Throws<NotSupportedException>(reader.RewindNar);
        Assert.True(reader.Read());
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_NAR_that_is_read_again_can_be_left_or_skipped(int version)
    {
        foreach (int tokens in Enumerable.Range(0, 12))
        {
            using NarioReader reader = Open(version);
            Assert.True(reader.Read());
            NarioPathInfo info = reader.ReadInfo();
            reader.SkipNar();
            long end = reader.Offset;
            reader.RewindNar();
            reader.RewindNar();
            for (int count = 0; count < tokens && reader.Nar.Read(); count++)
            {
            }

            Assert.Same(info, reader.ReadInfo());
            reader.SkipNar();
            Assert.True(reader.Nar.IsComplete);
            Assert.False(reader.Nar.Read());
            Assert.Equal(end, reader.Offset);
            reader.RewindNar();
            Assert.False(reader.Nar.IsComplete);
            Assert.True(reader.Read());
            Assert.NotEqual(info, reader.ReadInfo());
            Assert.False(reader.Read());
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_NAR_is_found_again_in_a_file_of_which_the_nario_is_a_part(int version)
    {
        byte[] contents = new byte[1_000_000];
        Random.Shared.NextBytes(contents);
        byte[] nario = SampleNario.Of(version, new SamplePath(new NarioPathInfo { Path = Name }, new FileNode(contents))).ToBytes();
        using MemoryStream file = new([.. new byte[70_000], .. nario]);
        file.Position = 70_000;
        using NarioReader reader = NarioReader.Open(file);
        Assert.True(reader.Read());
        reader.SkipNar();
        reader.ReadInfo();
        reader.RewindNar();

        Assert.Equal(contents, Assert.IsType<FileNode>(TreeSink.Read(reader.Nar)).Contents);
        Assert.False(reader.Read());
    }

    [Fact]
    public void Contents_are_there_for_one_file_at_a_time()
    {
        NarCursor nar = new(new MemoryStream(Wire.Nar(new DirectoryNode(
        [
            new("a"u8.ToArray(), new FileNode("first"u8.ToArray())),
            new("b"u8.ToArray(), new FileNode("second"u8.ToArray())),
            new("c"u8.ToArray(), new FileNode([])),
        ]))));
        Assert.Throws<InvalidOperationException>(nar.OpenContents);
        ReadTo(nar, NarToken.File);
        Stream first = nar.OpenContents();
        Stream same = nar.OpenContents();
        Assert.Equal('f', first.ReadByte());
        Assert.Throws<InvalidOperationException>(() => same.ReadByte());
        Assert.Throws<InvalidOperationException>(nar.OpenContents);
        ReadTo(nar, NarToken.File);
        Assert.Throws<InvalidOperationException>(() => first.ReadByte());
        using (Stream second = nar.OpenContents())
        {
            Assert.Equal("second", new StreamReader(second).ReadToEnd());
            Assert.Equal(0, second.Read(new byte[1]));
        }

        ReadTo(nar, NarToken.File);
        Stream empty = nar.OpenContents();
        Assert.Equal(-1, empty.ReadByte());
        Assert.Equal(0, empty.Length);
        ReadTo(nar, NarToken.DirectoryEnd);
        Assert.False(nar.Read());
    }

    [Fact]
    public void Contents_are_read_forwards_only()
    {
        NarCursor nar = new(new MemoryStream(Wire.Nar(new FileNode("contents"u8.ToArray()))));
        Assert.True(nar.Read());
        Stream contents = nar.OpenContents();
        Assert.True(contents.CanRead);
        Assert.False(contents.CanSeek);
        Assert.False(contents.CanWrite);
        Assert.Throws<NotSupportedException>(() => contents.Position = 1);
        Assert.Throws<NotSupportedException>(() => contents.Seek(0, SeekOrigin.Begin));
        Assert.Throws<NotSupportedException>(() => contents.SetLength(1));
        Assert.Throws<NotSupportedException>(() => contents.Write([1]));
        contents.Flush();
        contents.Dispose();
        Assert.False(contents.CanRead);
        Assert.Throws<ObjectDisposedException>(() => contents.ReadByte());
        Assert.False(nar.Read());
    }

    [Fact]
    public void Contents_of_a_path_that_was_skipped_are_gone()
    {
        foreach (int version in NarioVersion.All.Select(version => version.Number))
        {
            using NarioReader reader = Open(version);
            Assert.True(reader.Read());
            ReadTo(reader.Nar, NarToken.File);
            Stream contents = reader.Nar.OpenContents();
            reader.SkipNar();
            Assert.Throws<InvalidOperationException>(() => contents.ReadByte());
            Assert.Throws<InvalidOperationException>(reader.Nar.OpenContents);
            Assert.Equal(NarToken.None, reader.Nar.Token);
            Assert.True(reader.Nar.Contents.IsEmpty && reader.Nar.Name.IsEmpty && reader.Nar.Target.IsEmpty);
        }
    }

    [Fact]
    public void Contents_longer_than_all_streams_cannot_be_read()
    {
        NarCursor nar = new(new MemoryStream(
            new Wire().Text("nix-archive-1", "(", "type", "regular", "contents").Number(ulong.MaxValue).ToArray()));
        Assert.True(nar.Read());
        Assert.Equal(ulong.MaxValue, nar.Length);
        Stream contents = nar.OpenContents();
        Assert.Equal(long.MaxValue, contents.Length);
        Assert.Equal(0, contents.Position);
        Assert.Throws<NarioFormatException>(() => contents.ReadByte());
        Assert.Throws<InvalidOperationException>(() => contents.ReadByte());
    }

    [Fact]
    public void Truncated_contents_are_found_by_their_stream()
    {
        byte[] nar = Wire.Nar(new FileNode(new byte[100]));
        NarCursor cursor = new(new ForwardStream(nar[..150], 40));
        Assert.True(cursor.Read());
        using Stream contents = cursor.OpenContents();
        NarioFormatException error = Assert.Throws<NarioFormatException>(() => contents.CopyTo(Stream.Null));
        Assert.True(error.IsTruncated);
        Assert.Equal(150, error.Offset);
    }

    [Fact]
    public void Nothing_is_taken_in_place_of_what_is_needed()
    {
        Assert.Throws<ArgumentNullException>(() => NarioReader.Open(null!));
        Assert.Throws<ArgumentNullException>(() => new NarCursor(null!));
        Assert.Throws<ArgumentNullException>(() => new NarCursor(Stream.Null).CopyTo<INarSink>(null!));
    }

    private static SampleNario Sample(int version) =>
        SampleNario.Of(
            version,
            new SamplePath(
                new NarioPathInfo { Path = Name },
                new DirectoryNode([new("f"u8.ToArray(), new FileNode("contents"u8.ToArray()))])),
            new SamplePath(
                new NarioPathInfo { Path = Name + "2", References = [Name] }, new LinkNode("f"u8.ToArray())));

    private static NarioReader Open(int version) => NarioReader.Open(new MemoryStream(Sample(version).ToBytes()));

    private static void CheckNoPath(NarioReader reader)
    {
        Assert.Null(reader.Info);
        Assert.Throws<InvalidOperationException>(() => reader.Nar);
        Assert.Throws<InvalidOperationException>(reader.ReadInfo);
        Assert.Throws<InvalidOperationException>(reader.SkipNar);
        Assert.Throws<InvalidOperationException>(reader.RewindNar);
    }

    private static void ReadTo(NarCursor nar, NarToken token)
    {
        do
        {
            Assert.True(nar.Read());
        }
        while (nar.Token != token);
    }
}
