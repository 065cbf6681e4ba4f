using System.Security.Cryptography;
using Nario.Codec;
using Nario.Store.Hashes;

namespace Nario.Store.Pipeline;

/// <summary>Computes the hash and the size of a NAR while it passes, beside the work of whoever reads or writes it.</summary>
/// <remarks>What is not small is hashed on a thread of its own. One NAR after another; not thread-safe.</remarks>
public sealed class NarHasher : IByteObserver, IDisposable
{
    private readonly HashingObserver _hashing = new();
    private readonly ObserverThread _thread;

    /// <summary>Makes a hasher.</summary>
    public NarHasher() => _thread = new ObserverThread(_hashing, nameof(NarHasher));

    /// <summary>Bytes seen.</summary>
    public ulong Size { get; private set; }

    /// <summary>Gets whether the thread has something to hash.</summary>
    internal bool IsBusy => _thread.IsBusy;

    /// <inheritdoc/>
    public void Observe(ReadOnlyMemory<byte> bytes) => Observe(bytes, isHere: false);

    /// <summary>Sees the next bytes.</summary>
    /// <param name="bytes">The bytes, as <see cref="Observe(ReadOnlyMemory{byte})"/> gets them.</param>
    /// <param name="isHere">Whether they are hashed by the caller, however many they are, unless others wait for the thread.</param>
    internal void Observe(ReadOnlyMemory<byte> bytes, bool isHere)
    {
        Size += (ulong)bytes.Length;
        _thread.Observe(bytes, isHere ? int.MaxValue : ObserverThread.MinQueuedLength);
    }

    /// <inheritdoc/>
    public void Release(ReadOnlyMemory<byte> memory) => _thread.Release(memory);

    /// <summary>Gets the SHA-256 of all that was seen, and begins anew.</summary>
    public NixHash Finish()
    {
        _thread.Finish();
        Size = 0;
        return _hashing.Finish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _thread.Dispose();
        _hashing.Dispose();
    }

    private sealed class HashingObserver : IByteObserver, IDisposable
    {
        private IncrementalHash? _hash;

        /// <summary>Made when it is needed, since that loads a library of some megabytes.</summary>
        private IncrementalHash Hash => _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public void Observe(ReadOnlyMemory<byte> bytes) => Hash.AppendData(bytes.Span);

        public void Release(ReadOnlyMemory<byte> memory)
        {
        }

        public NixHash Finish()
        {
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            Hash.GetHashAndReset(digest);
            return new NixHash(HashAlgorithmKind.Sha256, digest);
        }

        public void Dispose() => _hash?.Dispose();
    }
}
