using Nario.Store.Hashes;

namespace Nario.Store.Derivations;

/// <summary>A string of the ATerm language as it stands in the text, with its escapes.</summary>
/// <param name="raw">What stands between the quotes.</param>
internal readonly ref struct AtermString(ReadOnlySpan<byte> raw)
{
    private readonly ReadOnlySpan<byte> _raw = raw;

    /// <summary>Gets the bytes that it stands for: those of the text, or a copy when there are escapes.</summary>
    public ReadOnlySpan<byte> Decode()
    {
        if (!_raw.Contains((byte)'\\'))
        {
            return _raw;
        }

        byte[] value = new byte[_raw.Length];
        int length = 0;
        ReadOnlySpan<byte> rest = _raw;
        while (!rest.IsEmpty)
        {
            value[length++] = TakeByte(ref rest);
        }

        return value.AsSpan(0, length);
    }

    /// <summary>Adds it to a hash as Nix writes it: with escapes where they are needed, and nowhere else.</summary>
    public void AppendTo(StreamingHash hash)
    {
        ReadOnlySpan<byte> rest = _raw;
        int end;
        while ((end = rest.IndexOfAny("\\\n\r\t"u8)) >= 0)
        {
            hash.Append(rest[..end]);
            rest = rest[end..];
            byte value = TakeByte(ref rest);
            hash.Append(value switch
            {
                (byte)'\n' => "\\n"u8,
                (byte)'\r' => "\\r"u8,
                (byte)'\t' => "\\t"u8,
                (byte)'"' => "\\\""u8,
                (byte)'\\' => "\\\\"u8,
                _ => [value],
            });
        }

        hash.Append(rest);
    }

    private static byte TakeByte(ref ReadOnlySpan<byte> rest)
    {
        byte value = rest[0];
        rest = rest[1..];
        if (value != (byte)'\\')
        {
            return value;
        }

        value = rest[0];
        rest = rest[1..];
        return value switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            _ => value,
        };
    }
}
