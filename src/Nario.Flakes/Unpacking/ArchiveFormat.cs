namespace Nario.Flakes.Unpacking;

/// <summary>Tells archives and compressed files by their first bytes.</summary>
internal static class ArchiveFormat
{
    /// <summary>How many bytes are enough to tell.</summary>
    public const int PrefixLength = 512;

    private static readonly (byte[] Mark, string Name, Kind Kind)[] Marks =
    [
        ([0x1f, 0x8b], "gzip", Kind.Gzip),
        ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "xz", Kind.Xz),
        ([0x28, 0xb5, 0x2f, 0xfd], "zstd", Kind.Zstd),
        ([.. "BZh"u8], "bzip2", Kind.Bzip2),
        ([.. "PK\x03\x04"u8], "zip", Kind.Zip),
        ([.. "PK\x05\x06"u8], "zip", Kind.Zip),
        ([0x04, 0x22, 0x4d, 0x18], "lz4", Kind.Unsupported),
        ([.. "LZIP"u8], "lzip", Kind.Unsupported),
        ([0x5d, 0x00, 0x00], "lzma", Kind.Unsupported),
        ([0x1f, 0x9d], "compress", Kind.Unsupported),
        ([0x89, 0x4c, 0x5a, 0x4f], "lzop", Kind.Unsupported),
        ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], "7-Zip", Kind.Unsupported),
        ([.. "Rar!"u8], "RAR", Kind.Unsupported),
    ];

    /// <summary>What a file is.</summary>
    internal enum Kind
    {
        /// <summary>Nothing that is known.</summary>
        Unknown,

        /// <summary>No byte at all.</summary>
        Empty,

        /// <summary>A tar archive.</summary>
        Tar,

        /// <summary>A zip archive.</summary>
        Zip,

        /// <summary>Compressed by gzip.</summary>
        Gzip,

        /// <summary>Compressed by bzip2.</summary>
        Bzip2,

        /// <summary>Compressed by xz.</summary>
        Xz,

        /// <summary>Compressed by zstd.</summary>
        Zstd,

        /// <summary>Something that cannot be unpacked here.</summary>
        Unsupported,
    }

    /// <summary>Tells what a file is.</summary>
    /// <param name="prefix">Its first <see cref="PrefixLength"/> bytes, or all that there are.</param>
    /// <param name="name">The name of the format; empty when it is not known.</param>
    internal static Kind Find(ReadOnlySpan<byte> prefix, out string name)
    {
        name = string.Empty;
        if (prefix.IsEmpty)
        {
            return Kind.Empty;
        }

        if (TarHeader.IsOne(prefix))
        {
            return Kind.Tar;
        }

        foreach ((byte[] mark, string markName, Kind kind) in Marks)
        {
            if (prefix.StartsWith(mark))
            {
                name = markName;
                return kind;
            }
        }

        return Kind.Unknown;
    }
}
