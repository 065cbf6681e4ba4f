using System.Security.Cryptography;
using Nario.Codec;
using Nario.Store.Hashes;

namespace Nario.Store.Engines;

/// <summary>Computes the hash and the size of a NAR while it passes.</summary>
public sealed class NarHasher : IByteObserver, IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Bytes seen.</summary>
    public ulong Size { get; private set; }

    /// <inheritdoc/>
    public void Observe(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        Size += (ulong)bytes.Length;
    }

    /// <summary>Gets the SHA-256 of all that was seen, and begins anew.</summary>
    public NixHash Finish()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(digest);
        Size = 0;
        return new NixHash(HashAlgorithmKind.Sha256, digest);
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
