using Nario.Codec;

namespace Nario.Store.Listing;

/// <summary>Writes the tree of a path as a JSON object. Names and link targets keep the order of the NAR.</summary>
internal sealed class JsonTreeSink(JsonTextWriter json) : INarSink
{
    public void BeginDirectory()
    {
        json.BeginObject();
        json.WriteName("entries"u8);
        json.BeginObject();
    }

    public void BeginEntry(ReadOnlySpan<byte> name) => json.WriteName(name);

    public void EndDirectory()
    {
        json.EndObject();
        WriteType("directory"u8);
    }

    public void BeginFile(bool isExecutable, ulong length)
    {
        json.BeginObject();
        if (isExecutable)
        {
            json.WriteName("executable"u8);
            json.WriteBoolean(true);
        }

        json.WriteName("size"u8);
        json.WriteNumber(length);
        WriteType("regular"u8);
    }

    public void WriteContents(ReadOnlySpan<byte> chunk)
    {
    }

    public void WriteSymlink(ReadOnlySpan<byte> target)
    {
        json.BeginObject();
        json.WriteName("target"u8);
        json.WriteString(target);
        WriteType("symlink"u8);
    }

    private void WriteType(ReadOnlySpan<byte> type)
    {
        json.WriteName("type"u8);
        json.WriteString(type);
        json.EndObject();
    }
}
