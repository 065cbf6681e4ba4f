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
                Note(NarioField.Nar, Offset, "nario_v1/entry_body/nar");
                break;
            case NarioV1Token.Path:
                NoteLast(NarioField.Path, reader.Path, "nario_v1/path_info/path");
                _path = BaseName(reader.Path, "nario_v1/path_info/path");
                Path = _path;
                break;
            case NarioV1Token.ReferencesStart:
                Note(NarioField.References, Offset, "nario_v1/path_info/references");
                break;
            case NarioV1Token.ReferencesItem:
                _references.Add(BaseName(reader.ReferencesItem, "nario_v1/path_info/references"));
                break;
            case NarioV1Token.Deriver:
                NoteLast(NarioField.Deriver, reader.Deriver, "nario_v1/path_info/deriver");
                _deriver = reader.Deriver.IsEmpty ? null : BaseName(reader.Deriver, "nario_v1/path_info/deriver");
                break;
        }
    }

    private void NoteLast(NarioField field, ReadOnlySpan<byte> text, string specPath) =>
        Note(field, Offset - GetSize(text), specPath);

    private string BaseName(ReadOnlySpan<byte> path, string specPath)
    {
        string text = Text(path);
        if (text.StartsWith(_prefix, StringComparison.Ordinal))
        {
            return text[_prefix.Length..];
        }

        long offset = _state.Offset - GetSize(path);
        _state.Step = NarioV1Step.Failed;
        throw new NarioFormatException(offset, specPath, $"a path in {options.StoreDirectory}", KsyFault.Quote(path));
    }
}
