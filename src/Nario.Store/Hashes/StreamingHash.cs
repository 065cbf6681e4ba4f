using System.Security.Cryptography;

namespace Nario.Store.Hashes;

/// <summary>Hashes bytes that come in pieces of any size, with any of the algorithms.</summary>
internal sealed class StreamingHash : IDisposable
{
    private readonly HashAlgorithmKind _algorithm;
    private readonly IncrementalHash? _system;
    private readonly Blake3.Hasher? _blake3;

    /// <summary>Begins a hash.</summary>
    /// <param name="algorithm">The algorithm.</param>
    public StreamingHash(HashAlgorithmKind algorithm)
    {
        _algorithm = algorithm;
        if (algorithm == HashAlgorithmKind.Blake3)
        {
            _blake3 = Blake3.Hasher.New();
        }
        else
        {
            _system = IncrementalHash.CreateHash(algorithm switch
            {
                HashAlgorithmKind.Md5 => HashAlgorithmName.MD5,
                HashAlgorithmKind.Sha1 => HashAlgorithmName.SHA1,
                HashAlgorithmKind.Sha256 => HashAlgorithmName.SHA256,
                HashAlgorithmKind.Sha512 => HashAlgorithmName.SHA512,
                _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
            });
        }
    }

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _system?.AppendData(bytes);
        _blake3?.Update(bytes);
    }

    /// <summary>Gets the hash of all that was added since the last call, and begins anew.</summary>
    public NixHash Finish()
    {
        Span<byte> digest = stackalloc byte[HashAlgorithmNames.MaxByteLength];
        digest = digest[.._algorithm.GetByteLength()];
        _system?.GetHashAndReset(digest);
        _blake3?.Finalize(digest);
        _blake3?.Reset();
        return new NixHash(_algorithm, digest);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _system?.Dispose();
        _blake3?.Dispose();
    }
}
