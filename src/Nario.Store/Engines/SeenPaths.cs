using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Nario.Codec;
using Nario.Store.Paths;

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
        StringBuilder text = new();
        text.Append(info.NarHash).Append('\n').Append(info.NarSize).Append('\n').Append(info.Deriver).Append('\n')
            .Append(info.RegistrationTime).Append('\n').Append(info.Ultimate).Append('\n').Append(info.ContentAddress).Append('\n')
            .AppendJoin(' ', info.References).Append('\n').AppendJoin(' ', info.Signatures);
        UInt128 path = Digest(info.Path.BaseName);
        UInt128 said = Digest(text.ToString());
        if (!_digests.TryAdd(path, said) && _digests[path] != said)
        {
            throw new NarioEntryException(
                NarioField.Path,
                $"the nario holds path '{storeDirectory.Join(info.Path)}' twice and says different things of it");
        }
    }

    private static UInt128 Digest(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
