using System.Security.Cryptography;
using Nario.Codec;
using Nario.Store.Hashes;

namespace Nario.Store.Engines;

/// <summary>Computes the hash and the size of a NAR while it passes, beside the work of whoever reads or writes it.</summary>
/// <remarks>
/// What is larger than a block is hashed on a thread of its own, which is given copies of the bytes:
/// three blocks of 128 KiB at most. Smaller NARs are hashed by the caller.
/// One NAR after another; not thread-safe.
/// </remarks>
public sealed class NarHasher : IByteObserver, IDisposable
{
    /// <summary>Size of a block in bytes.</summary>
    private const int BlockLength = 128 * 1024;

    /// <summary>How many blocks there are: one that is filled, one that is hashed, and one between them.</summary>
    private const int BlockCount = 3;

    private readonly byte[]?[] _blocks = new byte[]?[BlockCount];
    private readonly int[] _lengths = new int[BlockCount];
    private readonly SemaphoreSlim _free = new(BlockCount - 1);
    private readonly SemaphoreSlim _full = new(0);
    private IncrementalHash? _hash;
    private Thread? _thread;
    private int _current;
    private volatile bool _isStopping;

    /// <summary>Bytes seen.</summary>
    public ulong Size { get; private set; }

    /// <summary>Made when it is needed, since that loads a library of some megabytes.</summary>
    private IncrementalHash Hash => _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <inheritdoc/>
    public void Observe(ReadOnlySpan<byte> bytes)
    {
        Size += (ulong)bytes.Length;
        while (!bytes.IsEmpty)
        {
            byte[] block = _blocks[_current] ??= new byte[BlockLength];
            int count = Math.Min(bytes.Length, BlockLength - _lengths[_current]);
            bytes[..count].CopyTo(block.AsSpan(_lengths[_current]));
            _lengths[_current] += count;
            bytes = bytes[count..];
            if (_lengths[_current] == BlockLength)
            {
                HandOver();
            }
        }
    }

    /// <summary>Gets the SHA-256 of all that was seen, and begins anew.</summary>
    public NixHash Finish()
    {
        WaitUntilHashed();
        Hash.AppendData(_blocks[_current].AsSpan(0, _lengths[_current]));
        _lengths[_current] = 0;
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Hash.GetHashAndReset(digest);
        Size = 0;
        return new NixHash(HashAlgorithmKind.Sha256, digest);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_thread is not null)
        {
            _isStopping = true;
            _full.Release();
            _thread.Join();
        }

        _hash?.Dispose();
        _free.Dispose();
        _full.Dispose();
    }

    private void HandOver()
    {
        if (_thread is null)
        {
            _thread = new Thread(HashBlocks) { IsBackground = true, Name = nameof(NarHasher) };
            _thread.Start();
        }

        _full.Release();
        _free.Wait();
        _current = (_current + 1) % BlockCount;
    }

    private void HashBlocks()
    {
        IncrementalHash hash = Hash;
        for (int next = 0; ; next = (next + 1) % BlockCount)
        {
            _full.Wait();
            if (_isStopping)
            {
                return;
            }

            hash.AppendData(_blocks[next]!, 0, _lengths[next]);
            _lengths[next] = 0;
            _free.Release();
        }
    }

    /// <summary>Takes all free blocks once, which shows that none is being hashed.</summary>
    private void WaitUntilHashed()
    {
        if (_thread is null)
        {
            return;
        }

        for (int count = 1; count < BlockCount; count++)
        {
            _free.Wait();
        }

        _free.Release(BlockCount - 1);
    }
}
