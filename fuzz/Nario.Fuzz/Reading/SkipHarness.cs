using Nario.Fuzz.Seeds;

namespace Nario.Fuzz.Reading;

/// <summary>Passing over contents against reading them.</summary>
internal sealed class SkipHarness : IHarness
{
    /// <inheritdoc/>
    public string Name => "skip";

    /// <inheritdoc/>
    public string Description => "passes over the contents of files: tokens, verdict and offset of reading them";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        ChunkSizes sizes = ChunkSizes.Cut(ref input);
        ArchiveKind kind = ArchiveKinds.Guess(input);
        Transcript drained = new Transcript(keepsContents: false, keepsCuts: false).Record(kind, input, ChunkSizes.Whole);
        Transcript skipped = new Transcript(keepsContents: false, keepsCuts: false).Record(kind, input, sizes, skip: true);
        drained.MustEqual(skipped, "contents read against contents passed over");
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples)
    {
        byte[][] prefixes = [ChunkSizes.MakePrefix(endsLate: false), ChunkSizes.MakePrefix(endsLate: true, 7, 0x80)];
        return samples.Archives.SelectMany(archive => prefixes, (archive, prefix) => (byte[])[.. prefix, .. archive]);
    }
}
