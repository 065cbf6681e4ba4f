using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nario.Codec;
using Nario.Store.Paths;
using Nario.Store.Signatures;

namespace Nario.Store.Engines;

/// <summary>Remembers what a nario said of each path, so that it cannot say two things of one.</summary>
/// <remarks>Keeps two 128-bit digests a path: about 50 bytes.</remarks>
internal sealed class SeenPaths
{
    private readonly Dictionary<UInt128, UInt128> _digests = [];

    /// <summary>Whether a path has come before.</summary>
    public bool Contains(StorePath path) => _digests.ContainsKey(Digest(path.BaseName));

    /// <summary>Notes what is said of a path.</summary>
    /// <exception cref="NarioEntryException">Something else was said of it before.</exception>
    public void Add(ValidPathInfo info, StoreDirectory storeDirectory)
    {
        UInt128 path = Digest(info.Path.BaseName);
        UInt128 said = Digest(info);
        if (!_digests.TryAdd(path, said) && _digests[path] != said)
        {
            throw new NarioEntryException(
                NarioField.Path,
                $"the nario holds path '{storeDirectory.Join(info.Path)}' twice and says different things of it");
        }
    }

    /// <summary>Takes a digest piece by piece: of references there may be a million.</summary>
    private static UInt128 Digest(ValidPathInfo info)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string facts = string.Create(
            CultureInfo.InvariantCulture,
            $"{info.NarHash}\n{info.NarSize}\n{info.Deriver}\n{info.RegistrationTime}\n{info.Ultimate}\n{info.ContentAddress}");
        hash.AppendData(Encoding.UTF8.GetBytes(facts));
        foreach (StorePath reference in info.References)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{reference}"));
        }

        foreach (Signature signature in info.Signatures)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{signature}"));
        }

        return BinaryPrimitives.ReadUInt128LittleEndian(hash.GetHashAndReset());
    }

    private static UInt128 Digest(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
