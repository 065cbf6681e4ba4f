using Nario.Store.Signatures;

namespace Nario.Store.Import;

/// <summary>What an import demands.</summary>
public sealed record ImportOptions
{
    /// <summary>Whether a path must be signed by a trusted key or prove its own content address.</summary>
    public bool CheckSignatures { get; init; } = true;

    /// <summary>The keys whose signatures count.</summary>
    public TrustedKeys TrustedKeys { get; init; } = TrustedKeys.None;
}
