using System.Buffers.Binary;
using System.Text;
using Nario.Codec;
using Nario.Store.Paths;

namespace Nario.Store.Listing;

/// <summary>Writes one JSON object with all paths, sorted by name.</summary>
/// <remarks>
/// Of each path 32 bytes are held in memory: what its name begins with, and a place. The name and the object wait in a
/// <see cref="SpillBuffer"/> until all paths are known.
/// </remarks>
internal sealed class JsonListing(Stream output, ListOptions options) : IPathListing
{
    // Its own version, which is the same for all versions of the format.
    private const ulong ListVersion = 1;

    // The whole object, and the one of all paths in it.
    private const int PathDepth = 2;

    private readonly SpillBuffer _objects = new();
    private readonly List<ListedPath> _paths = [];
    private readonly List<long> _ends = [];
    private StoreDirectory _storeDirectory = options.StoreDirectory;

    public bool NeedsHash => true;

    public void Add(StoreDirectory storeDirectory, ValidPathInfo info, bool isRepeated, Action<INarSink>? readTree)
    {
        if (isRepeated)
        {
            return;
        }

        _storeDirectory = storeDirectory;
        byte[] name = Encoding.ASCII.GetBytes(info.Path.BaseName);
        _paths.Add(ListedPath.Create(name, _paths.Count));
        _objects.WriteByte((byte)name.Length);
        _objects.Write(name);
        WriteInfo(new JsonTextWriter(_objects, options.Indented, options.ForTerminal, PathDepth), info, readTree);
        _ends.Add(_objects.Length);
    }

    public void Complete()
    {
        _paths.Sort((left, right) =>
        {
            int order = left.CompareTo(right);
            return order != 0 || left.Index == right.Index
                ? order
                : string.CompareOrdinal(ReadName(left.Index, out _), ReadName(right.Index, out _));
        });
        JsonTextWriter json = new(output, options.Indented, options.ForTerminal);
        json.BeginObject();
        json.WriteName("paths"u8);
        json.BeginObject();
        foreach (ListedPath path in _paths)
        {
            json.WriteName(_storeDirectory.Join(StorePath.Parse(ReadName(path.Index, out long start))));
            json.WriteRaw(target => _objects.CopyRange(start, _ends[path.Index], target));
        }

        json.EndObject();
        json.WriteName("version"u8);
        json.WriteNumber(ListVersion);
        json.EndObject();
        output.WriteByte((byte)'\n');
    }

    public void Dispose() => _objects.Dispose();

    private string ReadName(int index, out long end)
    {
        _objects.Position = index == 0 ? 0 : _ends[index - 1];
        Span<byte> name = stackalloc byte[byte.MaxValue];
        _objects.ReadExactly(name[..1]);
        name = name[..name[0]];
        _objects.ReadExactly(name);
        end = _objects.Position;
        return Encoding.ASCII.GetString(name);
    }

    // The names are in byte order.
    private void WriteInfo(JsonTextWriter json, ValidPathInfo info, Action<INarSink>? readTree)
    {
        json.BeginObject();
        json.WriteName("ca"u8);
        json.WriteString(info.ContentAddress?.ToString());
        if (readTree is not null)
        {
            json.WriteName("contents"u8);
            readTree(new JsonTreeSink(json));
        }

        json.WriteName("deriver"u8);
        json.WriteString(info.Deriver is null ? null : _storeDirectory.Join(info.Deriver));
        json.WriteName("narHash"u8);
        json.WriteString(info.NarHash.ToSri());
        json.WriteName("narSize"u8);
        json.WriteNumber(info.NarSize);
        json.WriteName("references"u8);
        WriteStrings(json, info.References.Select(_storeDirectory.Join));
        json.WriteName("registrationTime"u8);
        if (info.RegistrationTime == 0)
        {
            json.WriteNull();
        }
        else
        {
            json.WriteNumber((ulong)info.RegistrationTime);
        }

        json.WriteName("signatures"u8);
        WriteStrings(json, info.Signatures.Select(signature => signature.ToString()));
        json.WriteName("ultimate"u8);
        json.WriteBoolean(info.Ultimate);
        json.EndObject();
    }

    /// <summary>What a name begins with, in the order of the names, and how many came before it.</summary>
    private readonly record struct ListedPath(ulong First, ulong Second, int Index) : IComparable<ListedPath>
    {
        public static ListedPath Create(ReadOnlySpan<byte> name, int index) => new(
            BinaryPrimitives.ReadUInt64BigEndian(name),
            BinaryPrimitives.ReadUInt64BigEndian(name[sizeof(ulong)..]),
            index);

        /// <summary>Compares the beginnings, which are mostly enough.</summary>
        public int CompareTo(ListedPath other)
        {
            int order = First.CompareTo(other.First);
            return order != 0 ? order : Second.CompareTo(other.Second);
        }
    }

    private static void WriteStrings(JsonTextWriter json, IEnumerable<string> items)
    {
        json.BeginArray();
        foreach (string item in items)
        {
            json.WriteString(item);
        }

        json.EndArray();
    }
}
