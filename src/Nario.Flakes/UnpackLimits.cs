namespace Nario.Flakes;

/// <summary>How large what is downloaded and unpacked may be.</summary>
public sealed record UnpackLimits
{
    /// <summary>The bytes of all files, unless said otherwise: 16 GiB.</summary>
    public const long DefaultMaxSize = 16L << 30;

    /// <summary>The entries of an archive, unless said otherwise.</summary>
    public const long DefaultMaxEntries = 4_000_000;

    /// <summary>Gets how many bytes all files may have together.</summary>
    public long MaxSize { get; init; } = DefaultMaxSize;

    /// <summary>Gets how many entries an archive may have.</summary>
    public long MaxEntries { get; init; } = DefaultMaxEntries;
}
