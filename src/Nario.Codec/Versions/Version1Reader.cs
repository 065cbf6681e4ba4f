using System.Diagnostics;
using System.Text;
using Nario.Codec.Blocks;

namespace Nario.Codec.Versions;

/// <summary>Reads the framing of version 1. Paths are full there, and come after their NARs.</summary>
internal sealed class Version1Reader(BlockReader input, NarioOptions options) : VersionReader(input)
{
    private readonly NarioV1State _state = new();
    private readonly PathInfoFields _fields = new();
    // The bytes that full paths begin with; null while the first path is still to tell.
    private string? _prefix = options.DetectStoreDirectory ? null : ToPrefix(options.StoreDirectory);

    /// <inheritdoc/>
    public override string? DetectedStoreDirectory =>
        options.DetectStoreDirectory && _prefix is not null
            ? Encoding.UTF8.GetString(Bytes(_prefix[..^1]))
            : null;

    /// <inheritdoc/>
    public override NarState NarState => _state.Nar;

    /// <inheritdoc/>
    public override long Offset => _state.Offset;

    /// <inheritdoc/>
    protected override bool IsComplete => _state.IsComplete;

    /// <inheritdoc/>
    public override bool ReadEntry()
    {
        BeginEntry();
        return ReadPart(EntryPart.BeforeNar);
    }

    /// <inheritdoc/>
    public override void FinishEntry()
    {
        _fields.Clear();
        ReadPart(EntryPart.AfterNar);
        Info = _fields.ToPathInfo(Path!);
    }

    /// <inheritdoc/>
    public override bool TrySkipNar() => false;

    /// <inheritdoc/>
    public override void Fail() => _state.MarkFailed();

    /// <inheritdoc/>
    protected override int GetSize(string item) => GetSize(Bytes(_prefix + item));

    /// <inheritdoc/>
    protected override bool ReadBeginning(ReadOnlySpan<byte> prefix)
    {
        NarioV1Reader reader = new(prefix, isFinalBlock: false, new NarioV1State());
        while (reader.Read())
        {
            if (reader.Token is NarioV1Token.Nar or NarioV1Token.EntriesEnd)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    protected override bool ReadTokens(EntryPart part, ReadOnlySpan<byte> block, bool isFinal, out int consumed)
    {
        NarioV1Token last = part switch
        {
            EntryPart.BeforeNar => NarioV1Token.Nar,
            EntryPart.AfterNar => NarioV1Token.Signature,
            _ => throw new UnreachableException(),
        };
        NarioV1Reader reader = new(block, isFinal, _state);
        while (reader.Read())
        {
            MapToken(ref reader);
            if (reader.Token == last)
            {
                consumed = reader.Consumed;
                return true;
            }
        }

        consumed = reader.Consumed;
        return false;
    }

    private void MapToken(ref NarioV1Reader reader)
    {
        switch (reader.Token)
        {
            case NarioV1Token.Nar:
                Note(NarioField.Nar, 0, reader.Token);
                break;
            case NarioV1Token.Path:
                Note(NarioField.Path, GetSize(reader.Path), reader.Token);
                Path = BaseName(reader.Path, reader.Token);
                break;
            case NarioV1Token.ReferencesStart:
                Note(NarioField.References, 0, reader.Token);
                break;
            case NarioV1Token.ReferencesItem:
                _fields.AddReference(BaseName(reader.ReferencesItem, reader.Token));
                break;
            case NarioV1Token.Deriver:
                Note(NarioField.Deriver, GetSize(reader.Deriver), reader.Token);
                _fields.Deriver = reader.Deriver.IsEmpty ? null : BaseName(reader.Deriver, reader.Token);
                break;
            case NarioV1Token.EntriesStart or NarioV1Token.ReferencesEnd or NarioV1Token.Signature or NarioV1Token.EntriesEnd:
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Notes where a field begins of which so many bytes have just been read.</summary>
    private void Note(NarioField field, int size, NarioV1Token token) =>
        Note(field, Offset - size, NarioV1Reader.SpecPathOf(token));

    private string BaseName(ReadOnlySpan<byte> path, NarioV1Token token)
    {
        string text = Text(path);
        if (_prefix is null && text.StartsWith('/'))
        {
            string usual = ToPrefix(options.StoreDirectory);
            _prefix = text.StartsWith(usual, StringComparison.Ordinal) ? usual : text[..(text.LastIndexOf('/') + 1)];
        }

        if (_prefix is not null && text.StartsWith(_prefix, StringComparison.Ordinal))
        {
            return text[_prefix.Length..];
        }

        long offset = _state.Offset - GetSize(path);
        Fail();
        throw new NarioFormatException(
            offset,
            NarioV1Reader.SpecPathOf(token),
            $"a path in {DetectedStoreDirectory ?? options.StoreDirectory}",
            KsyFault.Quote(path));
    }

    private static string ToPrefix(string storeDirectory) => Text(Encoding.UTF8.GetBytes(storeDirectory + "/"));
}
