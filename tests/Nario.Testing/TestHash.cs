using System.Security.Cryptography;
using Nario.Store.Hashes;

namespace Nario.Testing;

/// <summary>Hashes for tests.</summary>
public static class TestHash
{
    /// <summary>Gets the SHA-256 of bytes.</summary>
    public static NixHash Sha256(ReadOnlySpan<byte> bytes) => new(HashAlgorithmKind.Sha256, SHA256.HashData(bytes));

    /// <summary>Gets a hash of an algorithm that depends on a number only.</summary>
    public static NixHash Any(HashAlgorithmKind algorithm, int number)
    {
        byte[] bytes = new byte[algorithm.GetByteLength()];
        new Random(number).NextBytes(bytes);
        return new NixHash(algorithm, bytes);
    }
}
