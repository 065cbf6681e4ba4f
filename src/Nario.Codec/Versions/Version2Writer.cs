using Nario.Codec.Blocks;

namespace Nario.Codec.Versions;

/// <summary>Writes the framing of version 2.</summary>
internal sealed class Version2Writer(BlockWriter output) : VersionWriter(output)
{
    private readonly NarioV2State _state = new();

    public override NarState NarState => _state.Nar;

    public override void Begin()
    {
        NarioV2Writer<BlockWriter> writer = new(Output, _state);
        writer.WriteEntriesStart();
        writer.Flush();
    }

    public override void BeginPath(NarioPathInfo info)
    {
        if (info.NarHash is null || info.NarSize is not { } size)
        {
            throw new ArgumentException("Version 2 states the hash and the size of a NAR.", nameof(info));
        }

        NarioV2Writer<BlockWriter> writer = new(Output, _state);
        writer.WritePath(Bytes(info.Path));
        writer.WriteDeriver(Bytes(info.Deriver));
        writer.WriteNarHash(Bytes(info.NarHash));
        writer.WriteReferencesStart((ulong)info.References.Count);
        foreach (string reference in info.References)
        {
            writer.WriteReferencesItem(Bytes(reference));
        }

        writer.WriteReferencesEnd();
        writer.WriteRegistrationTime((ulong)info.RegistrationTime);
        writer.WriteNarSize(size);
        writer.WriteUltimate(info.IsUltimate ? 1UL : 0UL);
        writer.WriteSignaturesStart((ulong)info.Signatures.Count);
        foreach (string signature in info.Signatures)
        {
            writer.WriteSignaturesItem(Bytes(signature));
        }

        writer.WriteSignaturesEnd();
        writer.WriteCa(Bytes(info.ContentAddress));
        writer.WriteNar();
    }

    public override void EndPath(NarioPathInfo info)
    {
        if (_state.Nar.Offset != _state.Nar.End)
        {
            long missing = _state.Nar.End - _state.Nar.Offset;
            throw new KsySizeException($"The NAR is {missing} bytes shorter than its info says.");
        }
    }

    public override void Complete()
    {
        NarioV2Writer<BlockWriter> writer = new(Output, _state);
        writer.WriteEntriesEnd();
        writer.Complete();
    }
}
