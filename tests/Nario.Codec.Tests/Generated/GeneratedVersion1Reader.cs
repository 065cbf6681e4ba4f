namespace Nario.Codec.Tests.Generated;

/// <summary>The reader of version 1, which reads NARs unseen here.</summary>
public sealed class GeneratedVersion1Reader : GeneratedReader
{
    private readonly NarioV1State _state = new();

    public override long Offset => _state.Offset;

    public override bool IsComplete => _state.IsComplete;

    public override bool HasFailed => _state.HasFailed || _state.Nar.HasFailed;

    public override int Feed(ReadOnlySpan<byte> block, bool isFinalBlock, bool skipContent)
    {
        NarioV1Reader reader = new(block, isFinalBlock, _state) { SkipContent = skipContent };
        while (reader.Read())
        {
            switch (reader.Token)
            {
                case NarioV1Token.Path:
                    Add("Path", reader.Path);
                    break;
                case NarioV1Token.ReferencesStart:
                    Tokens.Add($"ReferencesStart {reader.ReferencesCount}");
                    break;
                case NarioV1Token.ReferencesItem:
                    Add("ReferencesItem", reader.ReferencesItem);
                    break;
                case NarioV1Token.Deriver:
                    Add("Deriver", reader.Deriver);
                    break;
                case NarioV1Token.Signature:
                    Add($"Signature {reader.Signature.Tag}", reader.Signature.Text);
                    break;
                default:
                    Tokens.Add(reader.Token.ToString());
                    break;
            }
        }

        Assert.Equal(NarioV1Token.None, reader.Token);
        BytesToSkip = reader.BytesToSkip;
        return reader.Consumed;
    }

    public override void Reset(long offset, long limit) => _state.Reset(offset, limit);
}
