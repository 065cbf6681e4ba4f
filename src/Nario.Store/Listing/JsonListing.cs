using Nario.Codec;
using Nario.Store.Paths;

namespace Nario.Store.Listing;

/// <summary>Writes one JSON object with all paths, sorted by name.</summary>
/// <remarks>
/// Of each path the name and a place are held in memory; its object waits in a <see cref="SpillBuffer"/> until all
/// paths are known.
/// </remarks>
internal sealed class JsonListing(Stream output, ListOptions options) : IPathListing
{
    // Its own version, which is the same for all versions of the format.
    private const ulong ListVersion = 1;

    // The whole object, and the one of all paths in it.
    private const int PathDepth = 2;

    private readonly SpillBuffer _objects = new();
    private readonly List<(StorePath Path, long Start, long End)> _paths = [];
    private StoreDirectory _storeDirectory = options.StoreDirectory;

    public bool NeedsHash => true;

    public void Add(StoreDirectory storeDirectory, ValidPathInfo info, bool isRepeated, Action<INarSink>? readTree)
    {
        if (isRepeated)
        {
            return;
        }

        _storeDirectory = storeDirectory;
        long start = _objects.Length;
        WriteInfo(new JsonTextWriter(_objects, options.Indented, options.ForTerminal, PathDepth), info, readTree);
        _paths.Add((info.Path, start, _objects.Length));
    }

    public void Complete()
    {
        _paths.Sort((left, right) => left.Path.CompareTo(right.Path));
        JsonTextWriter json = new(output, options.Indented, options.ForTerminal);
        json.BeginObject();
        json.WriteName("paths"u8);
        json.BeginObject();
        foreach ((StorePath path, long start, long end) in _paths)
        {
            json.WriteName(_storeDirectory.Join(path));
            json.WriteRaw(target => _objects.CopyRange(start, end, target));
        }

        json.EndObject();
        json.WriteName("version"u8);
        json.WriteNumber(ListVersion);
        json.EndObject();
        output.WriteByte((byte)'\n');
    }

    public void Dispose() => _objects.Dispose();

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
