using Nario.Codec.Blocks;

namespace Nario.Codec.Versions;

/// <summary>Reads the framing of version 1. Paths are full there, and come after their NARs.</summary>
internal sealed class Version1Reader(BlockReader input, NarioOptions options) : VersionReader(input)
{
    private readonly NarioV1State _state = new();
    private readonly string _prefix = options.StoreDirectory + "/";
    private readonly List<string> _references = [];
    private string _path = string.Empty;
    private string? _deriver;

    public override NarState NarState => _state.Nar;

    public override long Offset => _state.Offset;

    public override bool ReadEntry()
    {
        BeginEntry();
        return ReadUntil(NarioV1Token.Nar);
    }

    public override void FinishEntry()
    {
        _references.Clear();
        ReadUntil(NarioV1Token.Signature);
        Info = new NarioPathInfo { Path = _path, Deriver = _deriver, References = [.. _references] };
    }

    public override bool TrySkipNar() => false;

    public override void Fail() => _state.Step = NarioV1Step.Failed;

    protected override int GetSize(string item) => GetSize(Bytes(_prefix + item));

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

    private bool ReadUntil(NarioV1Token last)
    {
        while (true)
        {
            NarioV1Reader reader = new(Input.Block, Input.IsFinal, _state);
            while (reader.Read())
            {
                Take(ref reader);
                if (reader.Token == last)
                {
                    Input.Consume(reader.Consumed);
                    return true;
                }
            }

            Input.Consume(reader.Consumed);
            if (_state.IsComplete)
            {
                return false;
            }

            Input.Fill();
        }
    }

    private void Take(ref NarioV1Reader reader)
    {
        switch (reader.Token)
        {
            case NarioV1Token.Nar:
                Note(NarioField.Nar, 0, reader.Token);
                break;
            case NarioV1Token.Path:
                Note(NarioField.Path, GetSize(reader.Path), reader.Token);
                _path = BaseName(reader.Path, reader.Token);
                Path = _path;
                break;
            case NarioV1Token.ReferencesStart:
                Note(NarioField.References, 0, reader.Token);
                break;
            case NarioV1Token.ReferencesItem:
                _references.Add(BaseName(reader.ReferencesItem, reader.Token));
                break;
            case NarioV1Token.Deriver:
                Note(NarioField.Deriver, GetSize(reader.Deriver), reader.Token);
                _deriver = reader.Deriver.IsEmpty ? null : BaseName(reader.Deriver, reader.Token);
                break;
        }
    }

    /// <summary>Notes where a field begins of which so much has just been read.</summary>
    private void Note(NarioField field, int size, NarioV1Token token) =>
        Note(field, Offset - size, NarioV1Reader.SpecPathOf(token));

    private string BaseName(ReadOnlySpan<byte> path, NarioV1Token token)
    {
        string text = Text(path);
        if (text.StartsWith(_prefix, StringComparison.Ordinal))
        {
            return text[_prefix.Length..];
        }

        long offset = _state.Offset - GetSize(path);
        Fail();
        throw new NarioFormatException(
            offset, NarioV1Reader.SpecPathOf(token), $"a path in {options.StoreDirectory}", KsyFault.Quote(path));
    }
}
