using FsCheck.Xunit;
using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests.Properties;

/// <summary>A NAR that comes in pieces is the same tree, wherever they end.</summary>
[Properties(Arbitrary = [typeof(NarioArbitraries)], MaxTest = 60)]
public sealed class PushReaderTests
{
    [Property]
    public void The_tree_does_not_depend_on_the_pieces(Node tree, Node next, ReadSizes sizes)
    {
        NarPushReader reader = new();
        foreach (byte[] bytes in new[] { Wire.Nar(tree), Wire.Nar(next) })
        {
            TreeSink sink = new();
            reader.Begin(sink);
            Push(reader, bytes, sizes.Sizes);
            Assert.True(reader.IsComplete);
            Assert.Equal(bytes, Wire.Nar(sink.Root!));
        }
    }

    [Property]
    public void A_wrong_byte_is_told_with_its_offset(Node tree, ReadSizes sizes)
    {
        byte[] bytes = Wire.Nar(tree);

        // The end of the bracket that closes the last node.
        int wrong = bytes.Length - 1;
        bytes[wrong] = 1;
        NarPushReader reader = new();
        reader.Begin(new TreeSink());
        NarioFormatException error = Assert.Throws<NarioFormatException>(() => Push(reader, bytes, sizes.Sizes));
        Assert.InRange(error.Offset, bytes.Length - 24, wrong);
        Assert.Throws<InvalidOperationException>(() => reader.Consume(bytes));
        Assert.False(reader.IsComplete);
    }

    [Property]
    public void More_than_the_NAR_is_refused(Node tree, ReadSizes sizes)
    {
        byte[] bytes = [.. Wire.Nar(tree), 0];
        NarPushReader reader = new();
        reader.Begin(new TreeSink());
        Assert.Throws<InvalidOperationException>(() => Push(reader, bytes, sizes.Sizes));
    }

    [Property]
    public void Nothing_is_read_after_the_sink_has_thrown(Node tree)
    {
        byte[] bytes = Wire.Nar(new DirectoryNode([new("name"u8.ToArray(), tree)]));
        NarPushReader reader = new();
        reader.Begin(new FullSink());
        Assert.Throws<IOException>(() => reader.Consume(bytes.AsMemory(0, bytes.Length - 1)));
        Assert.Throws<InvalidOperationException>(() => reader.Consume(bytes.AsMemory(bytes.Length - 1)));
        Assert.False(reader.IsComplete);
    }

    [Property]
    public void Nothing_can_be_read_before_a_beginning(Node tree) =>
        Assert.Throws<InvalidOperationException>(() => new NarPushReader().Consume(Wire.Nar(tree)));

    private static void Push(NarPushReader reader, byte[] bytes, int[] sizes)
    {
        for (int start = 0, count = 0; start < bytes.Length; count++)
        {
            int length = Math.Min(Math.Max(1, sizes[count % sizes.Length]), bytes.Length - start);
            reader.Consume(bytes.AsMemory(start, length));
            start += length;
        }
    }

    /// <summary>Takes folders, and has no room for what they hold.</summary>
    private sealed class FullSink : INarSink
    {
        public void BeginDirectory()
        {
        }

        public void BeginEntry(ReadOnlySpan<byte> name) => throw new IOException();

        public void EndDirectory() => throw new IOException();

        public void BeginFile(bool isExecutable, ulong length) => throw new IOException();

        public void WriteContents(ReadOnlySpan<byte> chunk) => throw new IOException();

        public void WriteSymlink(ReadOnlySpan<byte> target) => throw new IOException();
    }
}
