namespace Nario.Store.Hashes;

/// <summary>What Nix calls the hash algorithms, and how long their hashes are.</summary>
public static class HashAlgorithmNames
{
    /// <summary>How many bytes the longest hash has.</summary>
    internal const int MaxByteLength = 64;

    /// <summary>Gets the name of an algorithm as it stands before a hash.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns><c>md5</c>, <c>sha1</c>, <c>sha256</c>, <c>sha512</c> or <c>blake3</c>.</returns>
    public static string GetName(this HashAlgorithmKind algorithm) => algorithm switch
    {
        HashAlgorithmKind.Md5 => "md5",
        HashAlgorithmKind.Sha1 => "sha1",
        HashAlgorithmKind.Sha256 => "sha256",
        HashAlgorithmKind.Sha512 => "sha512",
        HashAlgorithmKind.Blake3 => "blake3",
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>Gets how many bytes a hash has.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns>16, 20, 32 or 64.</returns>
    public static int GetByteLength(this HashAlgorithmKind algorithm) => algorithm switch
    {
        HashAlgorithmKind.Md5 => 16,
        HashAlgorithmKind.Sha1 => 20,
        HashAlgorithmKind.Sha256 or HashAlgorithmKind.Blake3 => 32,
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
        "blake3" => HashAlgorithmKind.Blake3,
        _ => throw new StoreException(
            $"unknown hash algorithm '{EscapedText.FromText(name)}', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'"),
    };
}
