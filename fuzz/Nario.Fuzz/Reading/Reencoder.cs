using System.Buffers;
using Nario.Codec;

namespace Nario.Fuzz.Reading;

/// <summary>Writes every token that a reader gives, with the generated writers.</summary>
internal sealed class Reencoder : ITokenVisitor
{
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly NarState _nar;
    private readonly NarioV1State _version1 = new();
    private readonly NarioV2State _version2 = new();

    /// <summary>Makes a writer of archives of one kind.</summary>
    /// <param name="kind">The kind.</param>
    public Reencoder(ArchiveKind kind) =>
        _nar = kind switch
        {
            ArchiveKind.NarioV1 => _version1.Nar,
            ArchiveKind.NarioV2 => _version2.Nar,
            _ => new NarState(),
        };

    /// <inheritdoc/>
    public bool ReadsNars => true;

    /// <summary>Gets what was written.</summary>
    public ReadOnlySpan<byte> Written => _output.WrittenSpan;

    /// <inheritdoc/>
    public void Take(in NarReader reader)
    {
        NarWriter<ArrayBufferWriter<byte>> writer = new(_output, _nar);
        switch (reader.Token)
        {
            case NarToken.File:
                writer.WriteFile(reader.File.Tag, reader.File.Length);
                break;
            case NarToken.Contents:
                writer.WriteContents(reader.Contents);
                break;
            case NarToken.Symlink:
                writer.WriteSymlink(reader.Symlink);
                break;
            case NarToken.DirectoryStart:
                writer.WriteDirectoryStart();
                break;
            case NarToken.Entry:
                writer.WriteEntry(reader.Entry);
                break;
            case NarToken.DirectoryEnd:
                writer.WriteDirectoryEnd();
                break;
        }

        writer.Flush();
    }

    /// <inheritdoc/>
    public void Take(in NarioV1Reader reader)
    {
        NarioV1Writer<ArrayBufferWriter<byte>> writer = new(_output, _version1);
        switch (reader.Token)
        {
            case NarioV1Token.EntriesStart:
                writer.WriteEntriesStart();
                break;
            case NarioV1Token.Nar:
                writer.WriteNar();
                break;
            case NarioV1Token.Path:
                writer.WritePath(reader.Path);
                break;
            case NarioV1Token.ReferencesStart:
                writer.WriteReferencesStart(reader.ReferencesCount);
                break;
            case NarioV1Token.ReferencesItem:
                writer.WriteReferencesItem(reader.ReferencesItem);
                break;
            case NarioV1Token.ReferencesEnd:
                writer.WriteReferencesEnd();
                break;
            case NarioV1Token.Deriver:
                writer.WriteDeriver(reader.Deriver);
                break;
            case NarioV1Token.Signature:
                writer.WriteSignature(reader.Signature.Tag, reader.Signature.Text);
                break;
            case NarioV1Token.EntriesEnd:
                writer.WriteEntriesEnd();
                writer.Complete();
                break;
        }

        writer.Flush();
    }

    /// <inheritdoc/>
    public void Take(in NarioV2Reader reader)
    {
        NarioV2Writer<ArrayBufferWriter<byte>> writer = new(_output, _version2);
        switch (reader.Token)
        {
            case NarioV2Token.EntriesStart:
                writer.WriteEntriesStart();
                break;
            case NarioV2Token.Path:
                writer.WritePath(reader.Path);
                break;
            case NarioV2Token.Deriver:
                writer.WriteDeriver(reader.Deriver);
                break;
            case NarioV2Token.NarHash:
                writer.WriteNarHash(reader.NarHash);
                break;
            case NarioV2Token.ReferencesStart:
                writer.WriteReferencesStart(reader.ReferencesCount);
                break;
            case NarioV2Token.ReferencesItem:
                writer.WriteReferencesItem(reader.ReferencesItem);
                break;
            case NarioV2Token.ReferencesEnd:
                writer.WriteReferencesEnd();
                break;
            case NarioV2Token.RegistrationTime:
                writer.WriteRegistrationTime(reader.RegistrationTime);
                break;
            case NarioV2Token.NarSize:
                writer.WriteNarSize(reader.NarSize);
                break;
            case NarioV2Token.Ultimate:
                writer.WriteUltimate(reader.Ultimate);
                break;
            case NarioV2Token.SignaturesStart:
                writer.WriteSignaturesStart(reader.SignaturesCount);
                break;
            case NarioV2Token.SignaturesItem:
                writer.WriteSignaturesItem(reader.SignaturesItem);
                break;
            case NarioV2Token.SignaturesEnd:
                writer.WriteSignaturesEnd();
                break;
            case NarioV2Token.Ca:
                writer.WriteCa(reader.Ca);
                break;
            case NarioV2Token.Nar:
                writer.WriteNar();
                break;
            case NarioV2Token.EntriesEnd:
                writer.WriteEntriesEnd();
                writer.Complete();
                break;
        }

        writer.Flush();
    }

    /// <inheritdoc/>
    public void EndNar()
    {
        NarWriter<ArrayBufferWriter<byte>> writer = new(_output, _nar);
        writer.Complete();
    }
}
