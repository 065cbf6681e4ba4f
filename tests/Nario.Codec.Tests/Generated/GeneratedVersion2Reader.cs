namespace Nario.Codec.Tests.Generated;

/// <summary>The reader of version 2, which reads NARs unseen here.</summary>
public sealed class GeneratedVersion2Reader : GeneratedReader
{
    private readonly NarioV2State _state = new();

    public override long Offset => _state.Offset;

    public override bool IsComplete => _state.IsComplete;

    public override bool HasFailed => _state.HasFailed || _state.Nar.HasFailed;

    public override int Feed(ReadOnlySpan<byte> block, bool isFinalBlock, bool skipContent)
    {
        NarioV2Reader reader = new(block, isFinalBlock, _state) { SkipContent = skipContent };
        while (reader.Read())
        {
            switch (reader.Token)
            {
                case NarioV2Token.Path:
                    Add("Path", reader.Path);
                    break;
                case NarioV2Token.Deriver:
                    Add("Deriver", reader.Deriver);
                    break;
                case NarioV2Token.NarHash:
                    Add("NarHash", reader.NarHash);
                    break;
                case NarioV2Token.ReferencesStart:
                    Tokens.Add($"ReferencesStart {reader.ReferencesCount}");
                    break;
                case NarioV2Token.ReferencesItem:
                    Add("ReferencesItem", reader.ReferencesItem);
                    break;
                case NarioV2Token.RegistrationTime:
                    Tokens.Add($"RegistrationTime {reader.RegistrationTime}");
                    break;
                case NarioV2Token.NarSize:
                    Tokens.Add($"NarSize {reader.NarSize}");
                    break;
                case NarioV2Token.Ultimate:
                    Tokens.Add($"Ultimate {reader.Ultimate}");
                    break;
                case NarioV2Token.SignaturesStart:
                    Tokens.Add($"SignaturesStart {reader.SignaturesCount}");
                    break;
                case NarioV2Token.SignaturesItem:
                    Add("SignaturesItem", reader.SignaturesItem);
                    break;
                case NarioV2Token.Ca:
                    Add("Ca", reader.Ca);
                    break;
                default:
                    Tokens.Add(reader.Token.ToString());
                    break;
            }
        }

        Assert.Equal(NarioV2Token.None, reader.Token);
        BytesToSkip = reader.BytesToSkip;
        return reader.Consumed;
    }

    public override void Reset(long offset, long limit) => _state.Reset(offset, limit);
}
