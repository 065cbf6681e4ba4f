using Nario.Codec;

namespace Nario.Store.Engines.Listing;

/// <summary>Writes the tree of a path as a JSON object. Names and link targets keep the order of the NAR.</summary>
internal sealed class JsonTreeSink(JsonTextWriter json) : INarSink
{
    public void BeginDirectory()
    {
        json.BeginObject();
        json.WriteName("entries");
        json.BeginObject();
    }

    public void BeginEntry(ReadOnlySpan<byte> name) => json.WriteName(name);

    public void EndDirectory()
    {
        json.EndObject();
        WriteType("directory");
    }

    public void BeginFile(bool isExecutable, ulong length)
    {
        json.BeginObject();
        if (isExecutable)
        {
            json.WriteName("executable");
            json.WriteBoolean(true);
        }

        json.WriteName("size");
        json.WriteNumber(length);
        WriteType("regular");
    }

    public void WriteContents(ReadOnlySpan<byte> chunk)
    {
    }

    public void WriteSymlink(ReadOnlySpan<byte> target)
    {
        json.BeginObject();
        json.WriteName("target");
        json.WriteString(target);
        WriteType("symlink");
    }

    private void WriteType(string type)
    {
        json.WriteName("type");
        json.WriteString(type);
        json.EndObject();
    }
}
