using System.Security.Cryptography;
using Nario.Codec;
using Nario.Store.Hashes;

namespace Nario.Store.Pipeline;

/// <summary>Computes the hash and the size of a NAR while it is read or written.</summary>
/// <remarks>Large pieces are hashed on a thread of their own. One NAR after another; not thread-safe.</remarks>
public sealed class NarHasher : IBlockConsumer, IDisposable
{
    private readonly Worker<ReadOnlyMemory<byte>> _worker;
    private IncrementalHash? _hash;
    private ulong _size;

    /// <summary>Makes a hasher.</summary>
    public NarHasher() => _worker = new Worker<ReadOnlyMemory<byte>>(
        "hashing", BlockQueue.Limits<ReadOnlyMemory<byte>>(), pieces => Hash.AppendData(pieces[0].Span));

    /// <summary>Gets whether the thread has something to hash.</summary>
    internal bool IsBusy => _worker.Backlog > 0;

    /// <summary>Made when it is needed, since that loads a library of some megabytes.</summary>
    private IncrementalHash Hash => _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <inheritdoc/>
    public void Consume(ReadOnlyMemory<byte> bytes) => Consume(bytes, isHere: false);

    /// <inheritdoc/>
    public void Release(ReadOnlyMemory<byte> memory) =>
        _worker.WaitFor(memory, static (piece, memory) => piece.Span.Overlaps(memory.Span));

    /// <summary>Gets hash and size of the bytes since the last call.</summary>
    public NarDigest Finish()
    {
        _worker.Drain();
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Hash.GetHashAndReset(digest);
        NarDigest result = new(new NixHash(HashAlgorithmKind.Sha256, digest), _size);
        _size = 0;
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _worker.Dispose();
        _hash?.Dispose();
    }

    /// <summary>Takes the next bytes.</summary>
    /// <param name="bytes">The bytes, as <see cref="Consume(ReadOnlyMemory{byte})"/> gets them.</param>
    /// <param name="isHere">Whether they are hashed by the caller, however many they are, unless others wait for the thread.</param>
    internal void Consume(ReadOnlyMemory<byte> bytes, bool isHere)
    {
        _size += (ulong)bytes.Length;
        if (isHere || bytes.Length < BlockQueue.MinQueuedLength)
        {
            _worker.PerformOrAdd(bytes);
        }
        else
        {
            _worker.Add(bytes);
        }
    }
}
