namespace Nario.Store.Hashes;

/// <summary>A hash algorithm that Nix has names for.</summary>
public enum HashAlgorithmKind
{
    /// <summary>MD5, 16 bytes: only in the content addresses of old sources.</summary>
    Md5,

    /// <summary>SHA-1, 20 bytes: only in the content addresses of old sources.</summary>
    Sha1,

    /// <summary>SHA-256, 32 bytes: what hashes of NARs are made with.</summary>
    Sha256,

    /// <summary>SHA-512, 64 bytes.</summary>
    Sha512,

    /// <summary>BLAKE3, 32 bytes: in content addresses of Nix 2.27 and later.</summary>
    Blake3,
}
