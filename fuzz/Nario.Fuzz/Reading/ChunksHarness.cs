using Nario.Fuzz.Seeds;

namespace Nario.Fuzz.Reading;

/// <summary>Reading in pieces against reading at once.</summary>
internal sealed class ChunksHarness : IHarness
{
    /// <inheritdoc/>
    public string Name => "chunks";

    /// <inheritdoc/>
    public string Description => "reads an archive in blocks whose sizes come from the input: tokens and verdict of one block";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        ChunkSizes sizes = ChunkSizes.Cut(ref input);
        ArchiveKind kind = ArchiveKinds.Guess(input);
        Transcript whole = new Transcript().Record(kind, input, ChunkSizes.Whole);
        Transcript chunked = new Transcript().Record(kind, input, sizes);
        whole.MustEqual(chunked, "whole against chunked");
        if (kind != ArchiveKind.Nar)
        {
            Transcript outer = new Transcript(readsNars: false).Record(kind, input, sizes);
            whole.MustEndLike(outer, "NARs read against NARs left to the reader around them");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples)
    {
        byte[][] prefixes =
        [
            ChunkSizes.MakePrefix(endsLate: true, 0),
            ChunkSizes.MakePrefix(endsLate: false, 7, 0x80, 30),
        ];
        return samples.Archives.SelectMany(archive => prefixes, (archive, prefix) => (byte[])[.. prefix, .. archive]);
    }
}
