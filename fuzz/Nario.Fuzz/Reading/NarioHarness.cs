using Nario.Codec;
using Nario.Fuzz.Seeds;
using Nario.Fuzz.Verdicts;

namespace Nario.Fuzz.Reading;

/// <summary>The generated readers of narios.</summary>
internal sealed class NarioHarness : IHarness
{
    /// <inheritdoc/>
    public string Name => "nario";

    /// <inheritdoc/>
    public string Description => "reads a nario of either version in one block; what is let through obeys the rules";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        ArchiveKind kind = ArchiveKinds.Guess(input) == ArchiveKind.NarioV2 ? ArchiveKind.NarioV2 : ArchiveKind.NarioV1;
        bool isOther = Accepts(kind == ArchiveKind.NarioV2 ? ArchiveKind.NarioV1 : ArchiveKind.NarioV2, input);

        // That it is not of the version that it does not look like says nothing of it.
        Refusal.Withdraw();
        bool isAccepted = Accepts(kind, input);
        FindingException.Unless(!isOther || !isAccepted, "the input is a nario of two versions at once");
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) => samples.Narios.Concat(samples.BrokenNarios);

    private static bool Accepts(ArchiveKind kind, ReadOnlySpan<byte> input)
    {
        try
        {
            ArchiveDriver.Read(kind, input, ChunkSizes.Whole, skip: false, new RuleChecker());
            return true;
        }
        catch (NarioFormatException error)
        {
            Refusal.Check(error, input.Length);
            return false;
        }
    }
}
