namespace Nario.Codec;

/// <summary>Tells compressed files by their first bytes, so that an error can say what they are.</summary>
internal static class CompressionSignature
{
    /// <summary>Gets the name of the compression; null when the bytes are of none that is known.</summary>
    public static string? Find(ReadOnlySpan<byte> prefix)
    {
        if (prefix.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
        {
            return "gzip";
        }

        if (prefix.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]))
        {
            return "zstd";
        }

        if (prefix.StartsWith((ReadOnlySpan<byte>)[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]))
        {
            return "xz";
        }

        return prefix.StartsWith("BZh"u8) ? "bzip2" : null;
    }
}
