namespace Nario.Store.Import;

/// <summary>How well contents bear out a content address.</summary>
internal enum ContentProofResult
{
    /// <summary>They have another hash.</summary>
    Wrong,

    /// <summary>They have the hash when the positions of self-references are left out: some Nix versions wrote that, and it can be forged.</summary>
    Weak,

    /// <summary>They have the hash.</summary>
    Proven,
}
