using System.Buffers;
using Nario.Codec;
using Nario.Fuzz.Reading;
using Nario.Fuzz.Seeds;

namespace Nario.Fuzz.Trees;

/// <summary>Writing a tree as a NAR and reading it.</summary>
internal sealed class NarTreeHarness : IHarness
{
    private const int MaxDepth = 64;

    /// <inheritdoc/>
    public string Name => "nar-tree";

    /// <inheritdoc/>
    public string Description => "makes a tree by the operations in the input, writes it as a NAR, reads it: the same tree";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        ByteSource source = new(input);
        int pieceLength = 1 + (source.NextByte() * 17);
        byte[] codes = [source.NextByte(), source.NextByte()];
        TreeNode tree = TreeBuilder.Build(ref source);
        if (!TryWrite(tree, pieceLength, out byte[] nar))
        {
            FindingException.Unless(tree.Height > MaxDepth, "the writer refuses a tree that a NAR can hold");
            return;
        }

        FindingException.Unless(tree.Height <= MaxDepth, "the writer writes a tree that is too deep for a NAR");
        Transcript whole = new Transcript().Record(ArchiveKind.Nar, nar, ChunkSizes.Whole);
        FindingException.Unless(whole.IsAccepted, $"the reader refuses what the writer wrote: {whole}");
        whole.MustEqual(
            new Transcript().Record(ArchiveKind.Nar, nar, new ChunkSizes(codes, endsLate: true)), "whole against chunked");

        using ChunkStream stream = new(nar, codes);
        NarCursor cursor = new(stream);
        TreeSink sink = new();
        cursor.CopyTo(sink);
        FindingException.Unless(cursor.Offset == nar.Length, "the reader leaves bytes of the writer unread");
        FindingException.Unless(sink.Root is not null && tree.IsSame(sink.Root), "another tree is read than was written");
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) => samples.Operations;

    /// <summary>Writes a tree as a NAR.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="pieceLength">Size in bytes of the pieces in which contents are given to the writer.</param>
    /// <param name="nar">The NAR.</param>
    /// <returns>Whether the writer took it.</returns>
    internal static bool TryWrite(TreeNode tree, int pieceLength, out byte[] nar)
    {
        ArrayBufferWriter<byte> output = new();
        NarWriterSink<ArrayBufferWriter<byte>> writer = new(output);
        try
        {
            TreeReader.Read(tree, pieceLength, writer);
        }
        catch (ArgumentException)
        {
            nar = [];
            return false;
        }

        writer.Complete();
        nar = output.WrittenSpan.ToArray();
        return true;
    }
}
