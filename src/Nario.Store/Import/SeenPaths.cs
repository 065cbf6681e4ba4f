using System.Buffers.Binary;
using System.Text;
using Nario.Codec;
using Nario.Store.Paths;
using Nario.Store.Pipeline;
using Nario.Store.Posix;
using Nario.Store.Signatures;
using NSec.Cryptography;

namespace Nario.Store.Import;

/// <summary>Remembers what a nario said of each path, so that it cannot say two things of one.</summary>
/// <remarks>
/// Keeps two digests of 64 bits a path: about 50 bytes while the table grows. They begin with a secret of this object,
/// so that nobody can make a nario in which two of them are equal by more than chance: 1 in 10^9 for 100,000 paths.
/// </remarks>
internal sealed class SeenPaths
{
    private const int BufferLength = 4096;

    private const int SecretLength = 16;

    // Not the hash of NARs: what only lists need not load the library that computes it.
    private static readonly HashAlgorithm Algorithm = HashAlgorithm.Blake2b_256;

    private readonly Dictionary<ulong, ulong> _digests = [];

    /// <summary>What is to be hashed next: at once, mostly, which costs much less than piece by piece.</summary>
    private readonly byte[] _pending = new byte[BufferLength];

    private readonly byte[] _secret = RandomBytes.Get(SecretLength);

    /// <summary>The hash of what had no room any more, if there was such.</summary>
    private IncrementalHash _hash;
    private bool _hasHash;
    private int _pendingLength;

    /// <summary>Forgets all paths.</summary>
    public void Clear() => _digests.Clear();

    /// <summary>Whether a path has come before.</summary>
    public bool Contains(StorePath path) => _digests.ContainsKey(Digest(path));

    /// <summary>Notes what is said of a path.</summary>
    /// <returns>Whether the path has not come before.</returns>
    /// <exception cref="NarioEntryException">Something else was said of it before.</exception>
    public bool Add(ValidPathInfo info, StoreDirectory storeDirectory)
    {
        ulong path = Digest(info.Path);
        ulong said = Digest(info);
        if (_digests.TryAdd(path, said))
        {
            return true;
        }

        if (_digests[path] != said)
        {
            throw new NarioEntryException(
                NarioField.Path,
                $"the nario holds path '{storeDirectory.Join(info.Path)}' twice and says different things of it");
        }

        return false;
    }

    private ulong Digest(StorePath path)
    {
        Begin();
        Append(path.BaseName);
        return Finish();
    }

    private ulong Digest(ValidPathInfo info)
    {
        Begin();
        Append(info.NarSize);
        Append((ulong)info.RegistrationTime);
        Append(info.Ultimate ? 1UL : 0);
        Append(info.NarHash.Bytes);
        Append(info.Deriver?.BaseName);
        Append(info.ContentAddress?.ToString());
        Append((ulong)info.References.Count);
        foreach (StorePath reference in info.References)
        {
            Append(reference.BaseName);
        }

        foreach (Signature signature in info.Signatures)
        {
            Append(signature.ToString());
        }

        return Finish();
    }

    private void Begin()
    {
        _hasHash = false;
        _pendingLength = 0;
        Append(_secret);
    }

    private void Append(ulong number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
        Append(bytes);
    }

    private void Append(string? text)
    {
        // A length before each text, so that two lists of texts are equal only when all of them are.
        Append((ulong)(text?.Length ?? 0));
        if (Encoding.UTF8.TryGetBytes(text, _pending.AsSpan(_pendingLength), out int length))
        {
            _pendingLength += length;
        }
        else
        {
            Append(Encoding.UTF8.GetBytes(text!));
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _pending.Length - _pendingLength)
        {
            HashPending();
        }

        if (bytes.Length > _pending.Length)
        {
            IncrementalHash.Update(ref _hash, bytes);
            return;
        }

        bytes.CopyTo(_pending.AsSpan(_pendingLength));
        _pendingLength += bytes.Length;
    }

    private void HashPending()
    {
        if (!_hasHash)
        {
            IncrementalHash.Initialize(Algorithm, out _hash);
            _hasHash = true;
        }

        IncrementalHash.Update(ref _hash, _pending.AsSpan(0, _pendingLength));
        _pendingLength = 0;
    }

    private ulong Finish()
    {
        Span<byte> digest = stackalloc byte[Algorithm.HashSize];
        if (_hasHash)
        {
            HashPending();
            IncrementalHash.Finalize(ref _hash, digest);
        }
        else
        {
            Algorithm.Hash(_pending.AsSpan(0, _pendingLength), digest);
        }

        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }
}
