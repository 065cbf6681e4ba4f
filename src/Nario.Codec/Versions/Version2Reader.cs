using System.Diagnostics;
using Nario.Codec.Blocks;

namespace Nario.Codec.Versions;

/// <summary>Reads the framing of version 2. Paths are base names there, and come before their NARs.</summary>
internal sealed class Version2Reader(BlockReader input) : InfoFirstReader(input)
{
    private readonly NarioV2State _state = new();

    /// <inheritdoc/>
    public override NarState NarState => _state.Nar;

    /// <inheritdoc/>
    public override long Offset => _state.Offset;

    /// <inheritdoc/>
    protected override bool IsComplete => _state.IsComplete;

    /// <inheritdoc/>
    protected override string NarSpecPath => NarioV2Reader.SpecPathOf(NarioV2Token.Nar);

    /// <inheritdoc/>
    protected override bool ReadBeginning(ReadOnlySpan<byte> prefix)
    {
        NarioV2Reader reader = new(prefix, isFinalBlock: false, new NarioV2State());
        return reader.Read();
    }

    /// <inheritdoc/>
    protected override long SkipNar(ReadOnlySpan<byte> block, bool isFinal, out int consumed)
    {
        NarioV2Reader reader = new(block, isFinal, _state);
        long beyond = reader.SkipNar();
        consumed = reader.Consumed;
        return beyond;
    }

    /// <inheritdoc/>
    protected override bool ReadTokens(EntryPart part, ReadOnlySpan<byte> block, bool isFinal, out int consumed)
    {
        NarioV2Reader reader = new(block, isFinal, _state);
        while (reader.Read())
        {
            MapToken(ref reader);
            if (reader.Token == NarioV2Token.Nar)
            {
                consumed = reader.Consumed;
                return true;
            }
        }

        consumed = reader.Consumed;
        return false;
    }

    private void MapToken(ref NarioV2Reader reader)
    {
        switch (reader.Token)
        {
            case NarioV2Token.Path:
                Note(NarioField.Path, GetSize(reader.Path), reader.Token);
                Path = Text(reader.Path);
                break;
            case NarioV2Token.Deriver:
                Note(NarioField.Deriver, GetSize(reader.Deriver), reader.Token);
                Fields.Deriver = TextOrNull(reader.Deriver);
                break;
            case NarioV2Token.NarHash:
                Note(NarioField.NarHash, GetSize(reader.NarHash), reader.Token);
                Fields.NarHash = Text(reader.NarHash);
                break;
            case NarioV2Token.ReferencesStart:
                Note(NarioField.References, 0, reader.Token);
                break;
            case NarioV2Token.ReferencesItem:
                Fields.AddReference(Text(reader.ReferencesItem));
                break;
            case NarioV2Token.RegistrationTime:
                Fields.RegistrationTime = (long)reader.RegistrationTime;
                break;
            case NarioV2Token.NarSize:
                Note(NarioField.NarSize, sizeof(ulong), reader.Token);
                Fields.NarSize = reader.NarSize;
                break;
            case NarioV2Token.Ultimate:
                Fields.IsUltimate = reader.Ultimate != 0;
                break;
            case NarioV2Token.SignaturesStart:
                Note(NarioField.Signatures, 0, reader.Token);
                break;
            case NarioV2Token.SignaturesItem:
                Fields.AddSignature(Text(reader.SignaturesItem));
                break;
            case NarioV2Token.Ca:
                Note(NarioField.ContentAddress, GetSize(reader.Ca), reader.Token);
                Fields.ContentAddress = TextOrNull(reader.Ca);
                break;
            case NarioV2Token.Nar:
                Note(NarioField.Nar, 0, reader.Token);
                break;
            case NarioV2Token.EntriesStart or NarioV2Token.ReferencesEnd or NarioV2Token.SignaturesEnd or NarioV2Token.EntriesEnd:
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Notes where a field begins of which so many bytes have just been read.</summary>
    private void Note(NarioField field, int size, NarioV2Token token) =>
        Note(field, Offset - size, NarioV2Reader.SpecPathOf(token));
}
