namespace Nario.Fuzz.Reading;

/// <summary>Tells what an input is most likely meant to be.</summary>
internal static class ArchiveKinds
{
    /// <summary>Gets the kind by the first byte, which differs in all of them.</summary>
    public static ArchiveKind Guess(ReadOnlySpan<byte> input) => input switch
    {
        [(byte)'N', ..] => ArchiveKind.NarioV2,
        [0 or 1, ..] => ArchiveKind.NarioV1,
        _ => ArchiveKind.Nar,
    };
}
