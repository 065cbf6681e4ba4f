namespace Nario.Store.Import;

/// <summary>How well contents bear out a content address.</summary>
internal enum ContentProofResult
{
    /// <summary>They have another hash.</summary>
    Wrong,

    /// <summary>They are no file, and only a file has such an address.</summary>
    NotAFile,

    /// <summary>They have the hash, but it does not cover that the file is executable.</summary>
    Executable,

    /// <summary>They have the hash when the positions of self-references are left out: some Nix versions wrote that, and it can be forged.</summary>
    Weak,

    /// <summary>They have the hash.</summary>
    Proven,
}
