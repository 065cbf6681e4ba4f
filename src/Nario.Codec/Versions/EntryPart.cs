namespace Nario.Codec.Versions;

/// <summary>What of an entry stands on which side of its NAR.</summary>
internal enum EntryPart
{
    /// <summary>Up to the NAR; the end of the nario stands here too.</summary>
    BeforeNar,

    /// <summary>From the end of the NAR to the end of the entry.</summary>
    AfterNar,
}
