namespace Nario.Codec.Tests.Generated;

/// <summary>The reader of NARs.</summary>
public sealed class GeneratedNarReader : GeneratedReader
{
    private readonly NarState _state = new();

    public override long Offset => _state.Offset;

    public override bool IsComplete => _state.IsComplete;

    public override bool HasFailed => _state.HasFailed;

    public override int Feed(ReadOnlySpan<byte> block, bool isFinalBlock, bool skipContent)
    {
        NarReader reader = new(block, isFinalBlock, _state) { SkipContent = skipContent };
        while (reader.Read())
        {
            switch (reader.Token)
            {
                case NarToken.File:
                    Tokens.Add($"File {reader.File.Tag} {reader.File.Length}");
                    break;
                case NarToken.Contents:
                    AddContents(reader.Contents);
                    break;
                case NarToken.Symlink:
                    Add("Symlink", reader.Symlink);
                    break;
                case NarToken.Entry:
                    Add("Entry", reader.Entry);
                    break;
                default:
                    Tokens.Add(reader.Token.ToString());
                    break;
            }
        }

        Assert.Equal(NarToken.None, reader.Token);
        BytesToSkip = reader.BytesToSkip;
        return reader.Consumed;
    }

    public override void Reset(long offset, long limit) => _state.Reset(offset, limit);
}
