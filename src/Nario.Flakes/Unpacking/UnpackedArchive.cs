namespace Nario.Flakes.Unpacking;

/// <summary>What an archive says of itself.</summary>
internal sealed record UnpackedArchive
{
    /// <summary>Gets the commit that it was made of, or null when it does not tell.</summary>
    public string? Commit { get; init; }

    /// <summary>Gets the latest time of any entry, in seconds since 1970.</summary>
    public long LastModified { get; init; }

    /// <summary>Gets whether a single folder is all that it has at the top.</summary>
    public bool HasOnlyFolder { get; init; }
}
