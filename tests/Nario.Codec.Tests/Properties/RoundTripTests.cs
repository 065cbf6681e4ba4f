using FsCheck.Xunit;
using Nario.Codec.Tests.Streams;
using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests.Properties;

/// <summary>What is written comes back, and what is read can be written again, byte for byte.</summary>
[Properties(Arbitrary = [typeof(NarioArbitraries)])]
public sealed class RoundTripTests
{
    [Property]
    public void Writers_write_what_the_formats_say(SampleNario nario, ReadSizes sizes) =>
        Assert.Equal(nario.ToBytes(), Write(nario, sizes.Sizes[0]));

    [Property]
    public void What_is_written_comes_back(SampleNario nario, ReadSizes sizes)
    {
        using NarioReader reader = NarioReader.Open(new ForwardStream(nario.ToBytes(), sizes.Sizes));
        Assert.Equal(nario.Version, reader.Version.Number);
        foreach (SamplePath path in nario.Paths)
        {
            Assert.True(reader.Read());
            Assert.Equal(reader.Version.HasInfoFirst ? path.Info : null, reader.Info);
            Node tree = TreeSink.Read(reader.Nar);
            Assert.True(reader.Nar.IsComplete);
            Assert.Equal(Wire.Nar(path.Tree), Wire.Nar(tree));
            Assert.Equal(path.Info, reader.ReadInfo());
            Assert.Equal(path.Info, reader.Info);
        }

        Assert.False(reader.Read());
        Assert.Null(reader.Info);
        Assert.Equal(nario.ToBytes().Length, reader.Offset);
    }

    [Property]
    public void What_is_read_is_written_again_byte_for_byte(SampleNario nario)
    {
        byte[] bytes = nario.ToBytes();
        Assert.Equal(bytes, Rewrite(bytes));
    }

    [Property]
    public void A_tree_comes_back_from_a_NAR_of_its_own(Node tree, ReadSizes sizes)
    {
        byte[] bytes = Wire.Nar(tree);
        NarCursor nar = new(new ForwardStream([.. bytes, 1, 2, 3], sizes.Sizes));
        Assert.Equal(bytes, Wire.Nar(TreeSink.Read(nar)));
        Assert.Equal(bytes.Length, nar.Offset);
        Assert.False(nar.Read());
    }

    /// <summary>
    /// Reads a nario path by path and writes what was read; the info of version 1 is read before its NAR.
    /// </summary>
    internal static byte[] Rewrite(byte[] bytes)
    {
        using MemoryStream output = new();
        using NarioReader reader = NarioReader.Open(new MemoryStream(bytes));
        NarioWriter writer = new(output, reader.Version);
        while (reader.Read())
        {
            NarioPathInfo info = reader.ReadInfo();
            if (!reader.Version.HasInfoFirst)
            {
                reader.RewindNar();
            }

            reader.Nar.CopyTo(writer.BeginPath(info));
            writer.EndPath();
        }

        writer.Complete();
        return output.ToArray();
    }

    private static byte[] Write(SampleNario nario, int chunkLength)
    {
        using MemoryStream output = new();
        NarioWriter writer = new(output, NarioVersion.Find(nario.Version)!);
        foreach (SamplePath path in nario.Paths)
        {
            RecordingConsumer consumer = new();
            TreeSink.Write(path.Tree, writer.BeginPath(path.Info, consumer), chunkLength);
            writer.EndPath();
            Assert.Equal(Wire.Nar(path.Tree), consumer.ToArray());
        }

        writer.Complete();
        return output.ToArray();
    }
}
