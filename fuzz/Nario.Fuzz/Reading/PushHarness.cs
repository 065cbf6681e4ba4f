using Nario.Codec;
using Nario.Fuzz.Seeds;

namespace Nario.Fuzz.Reading;

/// <summary>The reader of a NAR that is given its bytes.</summary>
internal sealed class PushHarness : IHarness
{
    /// <inheritdoc/>
    public string Name => "push";

    /// <inheritdoc/>
    public string Description => "is given a NAR in pieces whose sizes come from the input: what the generated reader tells";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        ChunkSizes sizes = ChunkSizes.Cut(ref input);
        Transcript expected = new Transcript().Record(ArchiveKind.Nar, input, ChunkSizes.Whole);
        ReadOnlyMemory<byte> rest = (expected.IsAccepted ? input[..(int)expected.Length] : input).ToArray();
        Transcript pushed = new();
        NarPushReader reader = new();
        reader.Begin(new TranscriptSink(pushed));
        try
        {
            while (!rest.IsEmpty)
            {
                int length = Math.Min(sizes.Next(), rest.Length);
                reader.Consume(rest[..length]);
                rest = rest[length..];
            }

            FindingException.Unless(reader.IsComplete == expected.IsAccepted, $"complete or not, against '{expected}'");
            if (reader.IsComplete)
            {
                pushed.EndNar();
            }
        }
        catch (NarioFormatException error)
        {
            pushed.Refuse(error, input.Length);
            expected.MustEndLike(pushed, "the generated reader against pieces");
        }

        expected.MustTellLike(pushed, "the generated reader against pieces");
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) =>
        samples.Nars.Select(nar => (byte[])[.. ChunkSizes.MakePrefix(endsLate: false, 3, 0xa0, 60), .. nar]);

    private sealed class TranscriptSink(Transcript transcript) : INarSink
    {
        public void BeginDirectory() => transcript.Add(NarToken.DirectoryStart, []);

        public void BeginEntry(ReadOnlySpan<byte> name) => transcript.Add(NarToken.Entry, name);

        public void EndDirectory() => transcript.Add(NarToken.DirectoryEnd, []);

        public void BeginFile(bool isExecutable, ulong length) => transcript.BeginFile(isExecutable, length);

        public void WriteContents(ReadOnlySpan<byte> chunk) => transcript.AddContents(chunk);

        public void WriteSymlink(ReadOnlySpan<byte> target) => transcript.Add(NarToken.Symlink, target);
    }
}
