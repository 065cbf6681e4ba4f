using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Nario.Codec;
using Nario.Store.Paths;
using Nario.Store.Signatures;
using NSec.Cryptography;

namespace Nario.Store.Engines;

/// <summary>Remembers what a nario said of each path, so that it cannot say two things of one.</summary>
/// <remarks>
/// Keeps two digests of 64 bits a path: about 50 bytes while the table grows. They begin with a secret of this object,
/// so that nobody can make a nario in which two of them are equal by more than chance: 1 in 10^9 for 100,000 paths.
/// </remarks>
internal sealed class SeenPaths
{
    private readonly Dictionary<ulong, ulong> _digests = [];

    /// <summary>122 bits from the system's secure source, which loads no library.</summary>
    private readonly byte[] _secret = Guid.NewGuid().ToByteArray();

    /// <summary>Whether a path has come before.</summary>
    public bool Contains(StorePath path) => _digests.ContainsKey(Digest(path));

    /// <summary>Notes what is said of a path.</summary>
    /// <exception cref="NarioEntryException">Something else was said of it before.</exception>
    public void Add(ValidPathInfo info, StoreDirectory storeDirectory)
    {
        ulong path = Digest(info.Path);
        ulong said = Digest(info);
        if (!_digests.TryAdd(path, said) && _digests[path] != said)
        {
            throw new NarioEntryException(
                NarioField.Path,
                $"the nario holds path '{storeDirectory.Join(info.Path)}' twice and says different things of it");
        }
    }

    private ulong Digest(StorePath path)
    {
        Begin(out IncrementalHash hash);
        Append(ref hash, path.BaseName);
        return Finish(ref hash);
    }

    private ulong Digest(ValidPathInfo info)
    {
        Begin(out IncrementalHash hash);
        Append(ref hash, string.Create(CultureInfo.InvariantCulture, $"{info.NarSize}\n{info.RegistrationTime}\n{info.Ultimate}"));
        IncrementalHash.Update(ref hash, info.NarHash.Bytes);
        Append(ref hash, info.Deriver?.BaseName ?? string.Empty);
        Append(ref hash, info.ContentAddress?.ToString() ?? string.Empty);
        foreach (StorePath reference in info.References)
        {
            Append(ref hash, reference.BaseName);
        }

        foreach (Signature signature in info.Signatures)
        {
            Append(ref hash, signature.ToString());
        }

        return Finish(ref hash);
    }

    private void Begin(out IncrementalHash hash)
    {
        // Not the hash of NARs: what only lists need not load the library that computes it.
        IncrementalHash.Initialize(HashAlgorithm.Blake2b_256, out hash);
        IncrementalHash.Update(ref hash, _secret);
    }

    private static void Append(ref IncrementalHash hash, string text)
    {
        Span<byte> bytes = stackalloc byte[256];
        ReadOnlySpan<byte> line = Encoding.UTF8.TryGetBytes(text, bytes[..^1], out int length)
            ? bytes[..(length + 1)]
            : Encoding.UTF8.GetBytes(text + '\n');
        bytes[length] = (byte)'\n';
        IncrementalHash.Update(ref hash, line);
    }

    private static ulong Finish(ref IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[32];
        IncrementalHash.Finalize(ref hash, digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }
}
