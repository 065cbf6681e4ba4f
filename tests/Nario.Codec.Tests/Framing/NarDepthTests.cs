using Nario.Codec.Tests.Streams;
using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests.Framing;

/// <summary>How deep and how wide a tree may be.</summary>
public sealed class NarDepthTests
{
    private const int Deepest = 64;

    public static TheoryData<bool> Leaves => [true, false];

    [Theory]
    [MemberData(nameof(Leaves))]
    public void D01_64_nodes_are_not_too_deep(bool isFile)
    {
        byte[] nar = Wire.Nar(DirectoryNode.Nest(Leaf(isFile), Deepest - 1));
        Check.Accepted(nar);
        Assert.Equal(nar, Wire.Nar(TreeSink.Read(new NarCursor(new MemoryStream(nar)))));
    }

    [Theory]
    [MemberData(nameof(Leaves))]
    public void D01_65_nodes_are_too_deep(bool isFile)
    {
        Node tree = DirectoryNode.Nest(Leaf(isFile), Deepest);
        long offset = Header + (Deepest * Level);
        Verdict verdict = Check.Rejected(Wire.Nar(tree), offset, "nar/entry_body/node");
        Assert.Contains("64", verdict.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void D01_A_writer_refuses_what_is_too_deep()
    {
        Node tree = DirectoryNode.Nest(Leaf(isFile: false), Deepest);
        NarWriterSink<System.Buffers.ArrayBufferWriter<byte>> sink = new(new());
        Assert.ThrowsAny<Exception>(() => TreeSink.Write(tree, sink));
        Assert.Throws<InvalidOperationException>(sink.Complete);
    }

    [Fact]
    public void D02_A_million_levels_are_refused_at_the_65th()
    {
        NarCursor nar = new(new RepeatingStream(
            new Wire().Text("nix-archive-1").ToArray(),
            new Wire().Text("(", "type", "directory", "entry", "(", "name", "d", "node").ToArray(),
            1_000_000));
        NarioFormatException error = Assert.Throws<NarioFormatException>(() => nar.CopyTo(new CountingSink()));
        Assert.Equal(Header + (Deepest * Level), error.Offset);
        Assert.Equal("nar/entry_body/node", error.SpecPath);
    }

    private static long Header => new Wire().Text("nix-archive-1").Position;

    private static long Level => new Wire().Text("(", "type", "directory", "entry", "(", "name", "d", "node").Position;

    private static Node Leaf(bool isFile) => isFile ? new FileNode("x"u8.ToArray()) : new DirectoryNode([]);
}
