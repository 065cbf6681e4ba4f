namespace Nario.Codec;

/// <summary>Tells files that are no narios by their first bytes, so that an error can say what they are.</summary>
internal static class ForeignFormat
{
    /// <summary>How many of the first bytes tell all that can be told.</summary>
    public const int PrefixLength = 512;

    // Where a tar archive says what it is: after name, mode, owner, group, size, time, checksum, type and target.
    private const int TarMagicOffset = 257;

    /// <summary>Gets the name of the compression; null when the bytes are of none that is known.</summary>
    /// <param name="prefix">The first bytes of the file, as many as there are.</param>
    public static string? FindCompression(ReadOnlySpan<byte> prefix)
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

        if (prefix.StartsWith((ReadOnlySpan<byte>)[0x04, 0x22, 0x4d, 0x18]))
        {
            return "lz4";
        }

        return prefix.StartsWith("BZh"u8) ? "bzip2" : null;
    }

    /// <summary>Gets what kind of archive it is, with an article; null when it is none that is known.</summary>
    /// <param name="prefix">The first bytes of the file, as many as there are.</param>
    public static string? FindArchive(ReadOnlySpan<byte> prefix)
    {
        if (IsNar(prefix))
        {
            return "a NAR, without the store path that a nario names";
        }

        if (prefix.Length > TarMagicOffset && prefix[TarMagicOffset..].StartsWith("ustar"u8))
        {
            return "a tar archive";
        }

        return prefix.StartsWith("PK\x03\x04"u8) ? "a zip archive" : null;
    }

    private static bool IsNar(ReadOnlySpan<byte> prefix)
    {
        try
        {
            return new NarReader(prefix, isFinalBlock: false, new NarState()).Read();
        }
        catch (NarioFormatException)
        {
            return false;
        }
    }
}
