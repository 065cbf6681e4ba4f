namespace Nario.Codec.Versions;

/// <summary>Collects the fields of a path info while they are read.</summary>
internal sealed class PathInfoFields
{
    private readonly List<string> _references = [];
    private readonly List<string> _signatures = [];

    /// <summary>The derivation, or null.</summary>
    public string? Deriver { get; set; }

    /// <summary>The stated hash of the NAR, or null.</summary>
    public string? NarHash { get; set; }

    /// <summary>The stated size of the NAR in bytes, or null.</summary>
    public ulong? NarSize { get; set; }

    /// <summary>When the path was registered, in seconds since 1970.</summary>
    public long RegistrationTime { get; set; }

    /// <summary>Whether the exporting store built the path.</summary>
    public bool IsUltimate { get; set; }

    /// <summary>The content address, or null.</summary>
    public string? ContentAddress { get; set; }

    /// <summary>Adds a reference.</summary>
    public void AddReference(string reference) => _references.Add(reference);

    /// <summary>Adds a signature.</summary>
    public void AddSignature(string signature) => _signatures.Add(signature);

    /// <summary>Forgets all fields.</summary>
    public void Clear()
    {
        _references.Clear();
        _signatures.Clear();
        Deriver = null;
        NarHash = null;
        NarSize = null;
        RegistrationTime = 0;
        IsUltimate = false;
        ContentAddress = null;
    }

    /// <summary>Gets all of them.</summary>
    /// <param name="path">The base name of the path.</param>
    public NarioPathInfo ToPathInfo(string path) => new()
    {
        Path = path,
        Deriver = Deriver,
        References = [.. _references],
        NarHash = NarHash,
        NarSize = NarSize,
        RegistrationTime = RegistrationTime,
        IsUltimate = IsUltimate,
        Signatures = [.. _signatures],
        ContentAddress = ContentAddress,
    };
}
