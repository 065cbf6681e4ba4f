using System.Security.Cryptography;
using Nario.Store.Hashes;

namespace Nario.Store.Tests.Data;

/// <summary>Hashes for tests.</summary>
internal static class TestHash
{
    /// <summary>Gets the SHA-256 of bytes.</summary>
    internal static NixHash Sha256(ReadOnlySpan<byte> bytes) => new(HashAlgorithmKind.Sha256, SHA256.HashData(bytes));

    /// <summary>Gets a hash of an algorithm that depends on a number only.</summary>
    internal static NixHash Any(HashAlgorithmKind algorithm, int number)
    {
        byte[] bytes = new byte[algorithm.GetByteLength()];
        new Random(number).NextBytes(bytes);
        return new NixHash(algorithm, bytes);
    }
}
