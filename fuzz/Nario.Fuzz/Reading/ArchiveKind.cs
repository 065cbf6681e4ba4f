namespace Nario.Fuzz.Reading;

/// <summary>What an input is read as.</summary>
internal enum ArchiveKind
{
    /// <summary>A single NAR.</summary>
    Nar,

    /// <summary>A nario of version 1.</summary>
    NarioV1,

    /// <summary>A nario of version 2.</summary>
    NarioV2,
}
