namespace Nario.Flakes.Unpacking;

/// <summary>One block of 512 bytes before each member of a tar archive (POSIX ustar and pax, GNU, and V7).</summary>
/// <remarks>
/// Read here and not by System.Formats.Tar: that decodes names as UTF-8, so that different names become the same, and
/// allocates as much as the header of a long name or of pax records claims.
/// </remarks>
internal readonly ref struct TarHeader(ReadOnlySpan<byte> block)
{
    /// <summary>The length of a header, and what contents are padded to.</summary>
    public const int BlockLength = 512;

    private const int ModeOffset = 100;
    private const int SizeOffset = 124;
    private const int TimeOffset = 136;
    private const int ChecksumOffset = 148;
    private const int TypeOffset = 156;
    private const int TargetOffset = 157;
    private const int MagicOffset = 257;
    private const int PrefixOffset = 345;
    private const int NameLength = 100;
    private const int PrefixLength = 155;
    private const int ShortNumberLength = 8;
    private const int LongNumberLength = 12;
    private const int BinaryMark = 0x80;
    private const int OwnerExecuteBit = 0x40;

    private readonly ReadOnlySpan<byte> _block = block;

    /// <summary>Gets whether all bytes are 0, as those of the end are.</summary>
    public bool IsEnd => _block.IndexOfAnyExcept((byte)0) < 0;

    /// <summary>Gets what the member is.</summary>
    public char Type => (char)_block[TypeOffset];

    /// <summary>Gets whether its owner may execute it.</summary>
    public bool IsExecutable => ReadNumber(ModeOffset, ShortNumberLength) is >= 0 and var mode && (mode & OwnerExecuteBit) != 0;

    /// <summary>Gets the length of its contents, or -1.</summary>
    public long Size => ReadNumber(SizeOffset, LongNumberLength);

    /// <summary>Gets when it changed, in seconds since 1970, or -1.</summary>
    public long Time => ReadNumber(TimeOffset, LongNumberLength);

    /// <summary>Gets the target of a link.</summary>
    public ReadOnlySpan<byte> Target => ReadText(TargetOffset, NameLength);

    /// <summary>Gets the name in a header that has nothing before it.</summary>
    public byte[] GetName()
    {
        ReadOnlySpan<byte> name = ReadText(0, NameLength);

        // GNU has other things in the place of the prefix, and a blank after the magic.
        ReadOnlySpan<byte> prefix = _block[MagicOffset..].StartsWith("ustar\0"u8) ? ReadText(PrefixOffset, PrefixLength) : default;
        return prefix.IsEmpty ? name.ToArray() : [.. prefix, (byte)'/', .. name];
    }

    /// <summary>Gets whether a block is a header: its checksum is right. The end is one too.</summary>
    public static bool IsOne(ReadOnlySpan<byte> block)
    {
        if (block.Length < BlockLength)
        {
            return false;
        }

        TarHeader header = new(block[..BlockLength]);
        if (header.IsEnd)
        {
            return true;
        }

        // Some old programs have summed up signed bytes.
        long unsigned = 0;
        long signed = 0;
        for (int index = 0; index < BlockLength; index++)
        {
            bool isChecksum = index is >= ChecksumOffset and < ChecksumOffset + ShortNumberLength;
            byte value = isChecksum ? (byte)' ' : block[index];
            unsigned += value;
            signed += (sbyte)value;
        }

        long stated = header.ReadNumber(ChecksumOffset, ShortNumberLength);
        return stated == unsigned || stated == signed;
    }

    private ReadOnlySpan<byte> ReadText(int offset, int length)
    {
        ReadOnlySpan<byte> field = _block.Slice(offset, length);
        int end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    /// <summary>Reads octal digits, or a binary number that a set bit announces; -1 for anything else, or too large.</summary>
    private long ReadNumber(int offset, int length)
    {
        ReadOnlySpan<byte> field = _block.Slice(offset, length);
        return (field[0] & BinaryMark) != 0 ? ReadBinary(field) : ReadOctal(field.TrimStart(" \0"u8));
    }

    private static long ReadBinary(ReadOnlySpan<byte> field)
    {
        long number = field[0] & ~BinaryMark;
        foreach (byte value in field[1..])
        {
            if (number > long.MaxValue >> 8)
            {
                return -1;
            }

            number = (number << 8) | value;
        }

        return number;
    }

    private static long ReadOctal(ReadOnlySpan<byte> digits)
    {
        long number = 0;
        foreach (byte value in digits)
        {
            if (value is (byte)' ' or 0)
            {
                break;
            }

            if (value is < (byte)'0' or > (byte)'7' || number > long.MaxValue >> 3)
            {
                return -1;
            }

            number = (number << 3) | (long)(value - '0');
        }

        return number;
    }
}
