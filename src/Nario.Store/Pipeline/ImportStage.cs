namespace Nario.Store.Pipeline;

/// <summary>The stages that can fail on their own, in the order in which an entry passes them.</summary>
internal enum ImportStage
{
    /// <summary>Framing, hash, proof and trust, on the caller's thread.</summary>
    Frame,

    /// <summary>Restoring the tree and putting it in place.</summary>
    Restore,

    /// <summary>Registering in the store.</summary>
    Register,
}
