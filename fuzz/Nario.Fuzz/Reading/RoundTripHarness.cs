using Nario.Codec;
using Nario.Fuzz.Seeds;
using Nario.Fuzz.Verdicts;

namespace Nario.Fuzz.Reading;

/// <summary>Reading and writing again.</summary>
internal sealed class RoundTripHarness : IHarness
{
    /// <inheritdoc/>
    public string Name => "round-trip";

    /// <inheritdoc/>
    public string Description => "reads an archive and writes what is read: byte for byte the archive";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        ArchiveKind kind = ArchiveKinds.Guess(input);
        Reencoder reencoder = new(kind);
        int length;
        try
        {
            length = (int)ArchiveDriver.Read(kind, input, ChunkSizes.Whole, skip: false, reencoder);
        }
        catch (NarioFormatException error)
        {
            Refusal.Check(error, input.Length);
            return;
        }

        FindingException.Unless(
            reencoder.Written.SequenceEqual(input[..length]),
            $"{length} bytes were accepted, and {reencoder.Written.Length} other bytes are written for them");
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) =>
        [.. samples.Archives, .. samples.BrokenNars, .. samples.BrokenNarios];
}
