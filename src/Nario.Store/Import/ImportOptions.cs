using Nario.Store.Signatures;

namespace Nario.Store.Import;

/// <summary>What an import demands.</summary>
public sealed record ImportOptions
{
    /// <summary>Whether a path must be signed by a trusted key or prove its own content address.</summary>
    public bool CheckSignatures { get; init; } = true;

    /// <summary>Whether paths that are valid already are read, and restored where they are gone or have changed.</summary>
    public bool Repair { get; init; }

    /// <summary>The keys whose signatures count.</summary>
    public TrustedKeys TrustedKeys { get; init; } = TrustedKeys.None;
}
