using System.Security.Cryptography;

namespace Nario.Store.Hashes;

/// <summary>What Nix calls the hash algorithms, and how long their hashes are.</summary>
public static class HashAlgorithmNames
{
    /// <summary>How many bytes the longest hash has.</summary>
    internal const int MaxByteLength = 64;

    /// <summary>Gets the name of an algorithm as it stands before a hash.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns><c>md5</c>, <c>sha1</c>, <c>sha256</c> or <c>sha512</c>.</returns>
    public static string GetName(this HashAlgorithmKind algorithm) => algorithm switch
    {
        HashAlgorithmKind.Md5 => "md5",
        HashAlgorithmKind.Sha1 => "sha1",
        HashAlgorithmKind.Sha256 => "sha256",
        HashAlgorithmKind.Sha512 => "sha512",
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>Gets how many bytes a hash has.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns>16, 20, 32 or 64.</returns>
    public static int GetByteLength(this HashAlgorithmKind algorithm) => algorithm switch
    {
        HashAlgorithmKind.Md5 => 16,
        HashAlgorithmKind.Sha1 => 20,
        HashAlgorithmKind.Sha256 => 32,
        HashAlgorithmKind.Sha512 => MaxByteLength,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>Reads the name of an algorithm.</summary>
    /// <param name="name">For instance <c>sha256</c>.</param>
    /// <returns>The algorithm.</returns>
    /// <exception cref="StoreException">There is none of that name.</exception>
    public static HashAlgorithmKind Parse(ReadOnlySpan<char> name) => name switch
    {
        "md5" => HashAlgorithmKind.Md5,
        "sha1" => HashAlgorithmKind.Sha1,
        "sha256" => HashAlgorithmKind.Sha256,
        "sha512" => HashAlgorithmKind.Sha512,
        _ => throw new StoreException(
            $"unknown hash algorithm '{EscapedText.FromText(name)}', expect 'md5', 'sha1', 'sha256', or 'sha512'"),
    };

    internal static IncrementalHash CreateIncremental(this HashAlgorithmKind algorithm) =>
        IncrementalHash.CreateHash(algorithm switch
        {
            HashAlgorithmKind.Md5 => HashAlgorithmName.MD5,
            HashAlgorithmKind.Sha1 => HashAlgorithmName.SHA1,
            HashAlgorithmKind.Sha256 => HashAlgorithmName.SHA256,
            HashAlgorithmKind.Sha512 => HashAlgorithmName.SHA512,
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
        });
}
