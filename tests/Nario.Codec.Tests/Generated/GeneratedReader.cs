namespace Nario.Codec.Tests.Generated;

/// <summary>One of the generated readers, as all of them are used.</summary>
public abstract class GeneratedReader
{
    /// <summary>Gets what was read: tokens with what they hold; the contents of a file in one piece.</summary>
    public List<string> Tokens { get; } = [];

    public abstract long Offset { get; }

    public abstract bool IsComplete { get; }

    public abstract bool HasFailed { get; }

    /// <summary>Gets what the last block needs to have passed over behind it.</summary>
    public long BytesToSkip { get; protected set; }

    /// <summary>Reads what a block holds.</summary>
    /// <returns>How many bytes of it were read.</returns>
    public abstract int Feed(ReadOnlySpan<byte> block, bool isFinalBlock, bool skipContent);

    public abstract void Reset(long offset, long limit);

    /// <summary>Makes a reader by the name of its format.</summary>
    public static GeneratedReader Make(string format) => format switch
    {
        "nar" => new GeneratedNarReader(),
        "1" => new GeneratedVersion1Reader(),
        _ => new GeneratedVersion2Reader(),
    };

    protected void Add(string token, ReadOnlySpan<byte> bytes) => Tokens.Add($"{token} {Convert.ToHexString(bytes)}");

    protected void AddContents(ReadOnlySpan<byte> piece)
    {
        if (Tokens[^1].StartsWith("Contents", StringComparison.Ordinal))
        {
            Tokens[^1] += Convert.ToHexString(piece);
        }
        else
        {
            Add("Contents", piece);
        }
    }
}
