using Nario.Codec;
using Nario.Fuzz.Reading;
using Nario.Fuzz.Seeds;
using Nario.Fuzz.Verdicts;

namespace Nario.Fuzz.Rules;

/// <summary>The generated readers against the text of the specifications.</summary>
internal sealed class RulesHarness : IHarness
{
    /// <inheritdoc/>
    public string Name => "rules";

    /// <inheritdoc/>
    public string Description => "reads an archive by the text of its specification, rule by rule: the generated readers agree";

    /// <summary>Gets the type that an archive of a kind is of.</summary>
    public static SpecType GetType(ArchiveKind kind) => SpecType.Root(kind switch
    {
        ArchiveKind.Nar => "nar",
        ArchiveKind.NarioV1 => "nario_v1",
        ArchiveKind.NarioV2 => "nario_v2",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    });

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        ArchiveKind kind = ArchiveKinds.Guess(input);
        BrokenRule? broken = SpecInterpreter.Read(GetType(kind), input.ToArray(), out Part root);
        foreach (bool skip in (bool[])[false, true])
        {
            NarioFormatException? error = Read(kind, input, skip, out long length);
            Compare(broken, root.End, error, length, skip);
        }
    }

    /// <summary>Throws unless a reader does what the text of the specification asks for.</summary>
    /// <param name="broken">The rule that the input breaks; null: none.</param>
    /// <param name="end">Where the archive ends by the specification.</param>
    /// <param name="error">What the reader refuses it with; null: nothing.</param>
    /// <param name="length">Where it ends for the reader.</param>
    /// <param name="passesOver">Whether contents are passed over: where less is there than is said, that ends them late.</param>
    internal static void Compare(BrokenRule? broken, long end, NarioFormatException? error, long length, bool passesOver)
    {
        if (broken is null)
        {
            FindingException.Unless(error is null, $"a reader refuses what breaks no rule: {error?.Message}");
            FindingException.Unless(length == end, $"the archive ends at {end}, for a reader at {length}");
            return;
        }

        FindingException.Unless(error is not null, $"a broken rule is not noticed: {broken}");

        // A reader that noticed the rule has no reason to go on.
        FindingException.Unless(
            error!.Offset <= broken.End || (passesOver && error.IsTruncated && broken.Rule == BrokenRule.Completeness),
            $"a broken rule is noticed late, if at all: {broken}, but: {error.Message}");
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) => [.. samples.Archives, .. samples.BrokenNars, .. samples.BrokenNarios];

    private static NarioFormatException? Read(ArchiveKind kind, ReadOnlySpan<byte> input, bool skip, out long length)
    {
        length = 0;
        try
        {
            length = ArchiveDriver.Read(kind, input, ChunkSizes.Whole, skip, new Transcript(keepsContents: false));
            return null;
        }
        catch (NarioFormatException error)
        {
            Refusal.Check(error, input.Length, passesOver: skip);
            return error;
        }
    }
}
