using System.Text;
using FsCheck.Xunit;
using Nario.Codec.Blocks;
using Nario.Codec.Tests.Streams;
using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests.Properties;

/// <summary>A consumer gets the bytes of a NAR, also when it reads them late and they are many.</summary>
[Properties(Arbitrary = [typeof(NarioArbitraries)], MaxTest = 20)]
public sealed class ConsumerTests
{
    // More than all blocks together.
    private const int LargeLength = (BlockRing.BlockCount + 2) * BlockRing.BlockSize;

    [Property]
    public void What_is_read_stays_until_it_is_released(ReadSizes sizes, int seed)
    {
        byte[] bytes = Wire.Nar(MakeLarge(seed));
        LateConsumer consumer = new();
        NarCursor nar = new(new ForwardStream(bytes, [.. sizes.Sizes.Select(static size => size * 1000)]));
        nar.Attach(consumer);
        Node tree = TreeSink.Read(nar);
        nar.Detach(consumer);
        Assert.Equal(bytes, consumer.ToArray());
        Assert.Equal(bytes, Wire.Nar(tree));
        Assert.True(consumer.MaxUnreleased > 1, "each piece was waited for");
    }

    [Property]
    public void What_is_written_stays_until_it_is_released(int seed)
    {
        Node tree = MakeLarge(seed);
        LateConsumer consumer = new();
        NarioWriter writer = new(Stream.Null, NarioVersion.Find(1)!);
        TreeSink.Write(tree, writer.BeginPath(new NarioPathInfo { Path = "path" }, consumer));
        writer.EndPath();
        Assert.Equal(Wire.Nar(tree), consumer.ToArray());
    }

    [Property]
    public void An_output_that_keeps_nothing_shows_all(Node tree, int seed)
    {
        foreach (Node written in new[] { tree, MakeLarge(seed) })
        {
            LateConsumer consumer = new();
            ConsumerOutput output = new(consumer);
            NarWriterSink<ConsumerOutput> sink = new(output);
            TreeSink.Write(written, sink);
            sink.Complete();
            output.Complete();
            Assert.Equal(Wire.Nar(written), consumer.ToArray());
        }
    }

    /// <summary>Makes a folder of many small files and a large one.</summary>
    private static DirectoryNode MakeLarge(int seed)
    {
        Random random = new(seed);
        List<KeyValuePair<byte[], Node>> entries = [];
        for (int total = 0; total < LargeLength;)
        {
            byte[] contents = new byte[random.Next(entries.Count == 0 ? 2 * BlockRing.BlockSize : 20_000)];
            random.NextBytes(contents);
            entries.Add(new(Encoding.ASCII.GetBytes($"{random.Next():x8}"), new FileNode(contents)));
            total += contents.Length;
        }

        return DirectoryNode.Sorted(entries);
    }
}
