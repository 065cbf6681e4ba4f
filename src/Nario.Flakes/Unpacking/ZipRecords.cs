using System.Buffers.Binary;

namespace Nario.Flakes.Unpacking;

/// <summary>The records of a zip archive: the end, the entries of the directory, and the headers before contents.</summary>
/// <remarks>
/// Read here and not by System.IO.Compression.ZipArchive: that never compares the directory with the headers, keeps all
/// entries in memory, and decodes names.
/// </remarks>
internal static class ZipRecords
{
    public const int EndLength = 22;
    public const int EndLocatorLength = 20;
    public const int LargeEndLength = 56;
    public const int EntryLength = 46;
    public const int HeaderLength = 30;
    public const int MaxCommentLength = ushort.MaxValue;

    public const uint EndMark = 0x06054b50;
    public const uint EndLocatorMark = 0x07064b50;
    public const uint LargeEndMark = 0x06064b50;
    public const uint EntryMark = 0x02014b50;
    public const uint HeaderMark = 0x04034b50;

    private const ushort LargeFieldId = 0x0001;
    private const ushort TimeFieldId = 0x5455;
    private const int FieldHeadLength = 4;

    public static ushort Short(ReadOnlySpan<byte> record, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(record[offset..]);

    public static uint Word(ReadOnlySpan<byte> record, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(record[offset..]);

    public static long Long(ReadOnlySpan<byte> record, int offset) => BinaryPrimitives.ReadInt64LittleEndian(record[offset..]);

    /// <summary>Gets the numbers that are too large for a record from its extra field, for each that the record has all bits
    /// set of.</summary>
    /// <returns>False when they are not there.</returns>
    public static bool TryEnlarge(ReadOnlySpan<byte> extra, ref long size, ref long compressedSize, ref long offset)
    {
        ReadOnlySpan<byte> field = FindField(extra, LargeFieldId);
        return TryEnlarge(ref field, ref size) && TryEnlarge(ref field, ref compressedSize) && TryEnlarge(ref field, ref offset);
    }

    private static bool TryEnlarge(ref ReadOnlySpan<byte> field, ref long number)
    {
        if (number != uint.MaxValue)
        {
            return true;
        }

        if (field.Length < sizeof(long))
        {
            return false;
        }

        number = Long(field, 0);
        field = field[sizeof(long)..];
        return number >= 0;
    }

    /// <summary>Gets the time of modification in seconds since 1970, or null.</summary>
    public static long? FindTime(ReadOnlySpan<byte> extra)
    {
        ReadOnlySpan<byte> field = FindField(extra, TimeFieldId);
        return field.Length >= 1 + sizeof(uint) && (field[0] & 1) != 0 ? Word(field, 1) : null;
    }

    private static ReadOnlySpan<byte> FindField(ReadOnlySpan<byte> extra, ushort id)
    {
        while (extra.Length >= FieldHeadLength)
        {
            int length = Short(extra, 2);
            if (length > extra.Length - FieldHeadLength)
            {
                return default;
            }

            if (Short(extra, 0) == id)
            {
                return extra.Slice(FieldHeadLength, length);
            }

            extra = extra[(FieldHeadLength + length)..];
        }

        return default;
    }
}
