using Nario.Codec;
using Nario.Fuzz.Seeds;
using Nario.Fuzz.Verdicts;

namespace Nario.Fuzz.Reading;

/// <summary>The generated reader of NARs.</summary>
internal sealed class NarHarness : IHarness
{
    /// <inheritdoc/>
    public string Name => "nar";

    /// <inheritdoc/>
    public string Description => "reads a NAR in one block; what is let through obeys the rules of the format";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        try
        {
            ArchiveDriver.Read(ArchiveKind.Nar, input, ChunkSizes.Whole, skip: false, new RuleChecker());
        }
        catch (NarioFormatException error)
        {
            Refusal.Check(error, input.Length);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) => samples.Nars.Concat(samples.BrokenNars);
}
