namespace Nario.Store.Signatures;

/// <summary>The kinds of keys that signatures are made with. A key's bytes tell its kind; a signature's do not.</summary>
internal enum KeyKind
{
    /// <summary>Ed25519: a public key of 32 bytes, a secret one of 64.</summary>
    Ed25519,

    /// <summary>ECDSA on the curve P-384 with SHA-384; keys in DER.</summary>
    EcdsaP384,

    /// <summary>ML-DSA (FIPS 204) with any of its three sets of parameters; keys in DER.</summary>
    MlDsa,
}
