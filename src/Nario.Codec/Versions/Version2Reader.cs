using Nario.Codec.Blocks;

namespace Nario.Codec.Versions;

/// <summary>Reads the framing of version 2. Paths are base names there, and come before their NARs.</summary>
internal sealed class Version2Reader(BlockReader input) : VersionReader(input)
{
    private readonly NarioV2State _state = new();
    private readonly List<string> _references = [];
    private readonly List<string> _signatures = [];
    private string? _deriver;
    private string? _narHash;
    private ulong _narSize;
    private ulong _registrationTime;
    private bool _isUltimate;
    private string? _contentAddress;

    public override NarState NarState => _state.Nar;

    public override long Offset => _state.Offset;

    public override bool ReadEntry()
    {
        // A NAR that does not fill its stated size is found first, and is a fault of the path that it belongs to.
        if (Path is null || NarState.Offset == NarState.End)
        {
            BeginEntry();
        }

        _references.Clear();
        _signatures.Clear();
        while (true)
        {
            NarioV2Reader reader = new(Input.Block, Input.IsFinal, _state);
            while (reader.Read())
            {
                Take(ref reader);
                if (reader.Token == NarioV2Token.Nar)
                {
                    Input.Consume(reader.Consumed);
                    Info = new NarioPathInfo
                    {
                        Path = Path!,
                        Deriver = _deriver,
                        References = [.. _references],
                        NarHash = _narHash,
                        NarSize = _narSize,
                        RegistrationTime = (long)_registrationTime,
                        IsUltimate = _isUltimate,
                        Signatures = [.. _signatures],
                        ContentAddress = _contentAddress,
                    };
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

    public override void FinishEntry()
    {
    }

    public override bool TrySkipNar()
    {
        if (_state.Nar.HasFailed)
        {
            throw new InvalidOperationException("The reader has failed before.");
        }

        NarioV2Reader reader = new(Input.Block, Input.IsFinal, _state);
        long beyond = reader.SkipNar();
        Input.Consume(reader.Consumed);
        long missing = Input.Skip(beyond);
        if (missing > 0)
        {
            long end = Offset - missing;
            Fail();
            throw new NarioFormatException(
                end,
                NarioV2Reader.SpecPathOf(NarioV2Token.Nar),
                "more bytes",
                "the end of the input",
                isTruncated: true);
        }

        return true;
    }

    public override void Fail() => _state.Nar.Step = NarStep.Failed;

    protected override bool ReadBeginning(ReadOnlySpan<byte> prefix)
    {
        NarioV2Reader reader = new(prefix, isFinalBlock: false, new NarioV2State());
        return reader.Read();
    }

    private void Take(ref NarioV2Reader reader)
    {
        switch (reader.Token)
        {
            case NarioV2Token.Path:
                Note(NarioField.Path, GetSize(reader.Path), reader.Token);
                Path = Text(reader.Path);
                break;
            case NarioV2Token.Deriver:
                Note(NarioField.Deriver, GetSize(reader.Deriver), reader.Token);
                _deriver = TextOrNull(reader.Deriver);
                break;
            case NarioV2Token.NarHash:
                Note(NarioField.NarHash, GetSize(reader.NarHash), reader.Token);
                _narHash = Text(reader.NarHash);
                break;
            case NarioV2Token.ReferencesStart:
                Note(NarioField.References, 0, reader.Token);
                break;
            case NarioV2Token.ReferencesItem:
                _references.Add(Text(reader.ReferencesItem));
                break;
            case NarioV2Token.RegistrationTime:
                _registrationTime = reader.RegistrationTime;
                break;
            case NarioV2Token.NarSize:
                Note(NarioField.NarSize, sizeof(ulong), reader.Token);
                _narSize = reader.NarSize;
                break;
            case NarioV2Token.Ultimate:
                _isUltimate = reader.Ultimate != 0;
                break;
            case NarioV2Token.SignaturesStart:
                Note(NarioField.Signatures, 0, reader.Token);
                break;
            case NarioV2Token.SignaturesItem:
                _signatures.Add(Text(reader.SignaturesItem));
                break;
            case NarioV2Token.Ca:
                Note(NarioField.ContentAddress, GetSize(reader.Ca), reader.Token);
                _contentAddress = TextOrNull(reader.Ca);
                break;
            case NarioV2Token.Nar:
                Note(NarioField.Nar, 0, reader.Token);
                break;
        }
    }

    /// <summary>Notes where a field begins of which so much has just been read.</summary>
    private void Note(NarioField field, int size, NarioV2Token token) =>
        Note(field, Offset - size, NarioV2Reader.SpecPathOf(token));
}
