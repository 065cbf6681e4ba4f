using System.Text;
using Nario.Codec.Blocks;

namespace Nario.Codec.Versions;

/// <summary>Writes the framing of version 1.</summary>
internal sealed class Version1Writer(BlockWriter output, NarioOptions options) : VersionWriter(output)
{
    private readonly NarioV1State _state = new();
    private readonly string _prefix = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(options.StoreDirectory + "/"));

    public override NarState NarState => _state.Nar;

    public override void Begin()
    {
        NarioV1Writer<BlockWriter> writer = new(Output, _state);
        writer.WriteEntriesStart();
        writer.Flush();
    }

    public override void BeginPath(NarioPathInfo info)
    {
        NarioV1Writer<BlockWriter> writer = new(Output, _state);
        writer.WriteNar();
    }

    public override void EndPath(NarioPathInfo info)
    {
        NarioV1Writer<BlockWriter> writer = new(Output, _state);
        writer.WritePath(Bytes(_prefix + info.Path));
        writer.WriteReferencesStart((ulong)info.References.Count);
        foreach (string reference in info.References)
        {
            writer.WriteReferencesItem(Bytes(_prefix + reference));
        }

        writer.WriteReferencesEnd();
        writer.WriteDeriver(info.Deriver is null ? default : Bytes(_prefix + info.Deriver));
        writer.WriteSignature(NarioV1.SignatureTag.Absent, default);
        writer.Flush();
    }

    public override void Complete()
    {
        NarioV1Writer<BlockWriter> writer = new(Output, _state);
        writer.WriteEntriesEnd();
        writer.Complete();
    }
}
