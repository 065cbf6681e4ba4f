namespace Nario.Codec;

/// <summary>What a nario says of one store path, the same for all versions. Compared by value, lists by their items in order.</summary>
/// <remarks>
/// Text is as in the file, each byte as the character of the same number (Latin-1), so nothing is lost and nothing is
/// believed: that store paths, hashes and signatures are well-formed is for the caller to check.
/// </remarks>
public sealed record NarioPathInfo
{
    private readonly EquatableList<string> _references = [];
    private readonly EquatableList<string> _signatures = [];

    /// <summary>The store path as a base name, without the store directory.</summary>
    public required string Path { get; init; }

    /// <summary>The derivation that built the path, as a base name; null when there is none.</summary>
    public string? Deriver { get; init; }

    /// <summary>The store paths that the contents refer to, as base names, in the order of the file.</summary>
    public IReadOnlyList<string> References
    {
        get => _references;
        init => _references = [.. value];
    }

    /// <summary>The stated SHA-256 hash of the NAR in any spelling; null in a version that states none.</summary>
    public string? NarHash { get; init; }

    /// <summary>The stated size of the NAR in bytes; null in a version that states none.</summary>
    public ulong? NarSize { get; init; }

    /// <summary>When the path was registered, in seconds since 1970; 0 when that is not known.</summary>
    public long RegistrationTime { get; init; }

    /// <summary>Whether the exporting store built the path itself. Not to be believed.</summary>
    public bool IsUltimate { get; init; }

    /// <summary>Signatures as <c>key name:base 64</c>, in the order of the file.</summary>
    public IReadOnlyList<string> Signatures
    {
        get => _signatures;
        init => _signatures = [.. value];
    }

    /// <summary>The content address; null when the path is not content-addressed.</summary>
    public string? ContentAddress { get; init; }
}
