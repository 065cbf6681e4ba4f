using Nario.Codec.Tests.Streams;
using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests.Versions;

/// <summary>A version costs one reader of its framing and one row in the table; all else works then.</summary>
public sealed class InventedVersionTests
{
    private static readonly NarioVersion Invented = new(
        3,
        hasInfoFirst: true,
        (input, _) => new InventedVersionReader(input),
        (_, _) => throw new NotSupportedException("this version is read only"));

    private static readonly Node Tree = new DirectoryNode([new("f"u8.ToArray(), new FileNode("contents"u8.ToArray()))]);

    [Fact]
    public void It_is_listed()
    {
        foreach (Stream input in (Stream[])[new MemoryStream(Bytes()), new ForwardStream(Bytes(), 1)])
        {
            using NarioReader reader = NarioReader.Open(input, [.. NarioVersion.All, Invented]);
            Assert.Same(Invented, reader.Version);
            List<string> lines = [];
            while (reader.Read())
            {
                long start = reader.Offset;
                reader.SkipNar();
                lines.Add($"{reader.ReadInfo().Path}: {reader.Offset - start}");
            }

            Assert.Equal([$"first: {Wire.Nar(Tree).Length}", $"second: {Wire.Nar(Tree).Length}"], lines);
            Assert.Equal(Bytes().Length, reader.Offset);
        }
    }

    [Fact]
    public void Its_NARs_are_read()
    {
        using NarioReader reader = NarioReader.Open(new MemoryStream(Bytes()), [.. NarioVersion.All, Invented]);
        while (reader.Read())
        {
            Assert.Equal(Wire.Nar(Tree), Wire.Nar(TreeSink.Read(reader.Nar)));
            RecordingConsumer consumer = new();
            reader.RewindNar();
            reader.Nar.Attach(consumer);
            reader.Nar.CopyTo(new CountingSink());
            Assert.Equal(Wire.Nar(Tree), consumer.ToArray());
        }
    }

    [Fact]
    public void Its_NARs_are_checked_when_they_are_left()
    {
        byte[] bytes = Bytes();
        bytes[bytes.AsSpan().IndexOf("contents"u8) + 15] ^= 1;
        using NarioReader reader = NarioReader.Open(new MemoryStream(bytes), [.. NarioVersion.All, Invented]);
        Assert.True(reader.Read());
        Assert.Throws<NarioFormatException>(() => reader.Read());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_follows_a_NAR_is_checked_with_the_entry(bool isRewound)
    {
        byte[] bytes = Bytes();
        bytes[^9] ^= 1;
        using NarioReader reader = NarioReader.Open(new MemoryStream(bytes), [.. NarioVersion.All, Invented]);
        Assert.True(reader.Read());
        reader.FinishEntry();
        Assert.True(reader.Read());
        if (isRewound)
        {
            reader.Nar.CopyTo(new CountingSink());
            reader.RewindNar();
        }

        Assert.Contains("nario_v3/entry", Assert.Throws<NarioFormatException>(reader.FinishEntry).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Others_are_still_told_apart()
    {
        NarioVersion[] versions = [Invented, .. NarioVersion.All];
        Assert.Equal(1, NarioReader.Open(new MemoryStream(new byte[8]), versions).Version.Number);
        Assert.Equal(2, NarioReader.Open(new MemoryStream("NARIO2\0\0"u8.ToArray()), versions).Version.Number);
        Assert.Throws<NarioFormatException>(
            () => NarioReader.Open(new MemoryStream("NARIO4\0\0"u8.ToArray()), versions));
        Assert.Throws<NarioFormatException>(() => NarioReader.Open(new MemoryStream(Bytes())));
        Assert.True(Assert.Throws<NarioFormatException>(
            () => NarioReader.Open(new ForwardStream("NARIO"u8.ToArray(), 1), versions)).IsTruncated);
    }

    private static byte[] Bytes() =>
        new Wire()
            .Raw(InventedVersionReader.Magic)
            .Number(1).Text("first").NarOf(Tree).Number(InventedVersionReader.SumOf(Wire.Nar(Tree)))
            .Number(1).Text("second").NarOf(Tree).Number(InventedVersionReader.SumOf(Wire.Nar(Tree)))
            .Number(0)
            .ToArray();
}
