using System.IO.Hashing;

namespace Nario.Flakes.Unpacking;

/// <summary>Restores the entries of a zip archive, in the order of its directory.</summary>
/// <remarks>The directory and the header before each entry must say the same.</remarks>
/// <param name="archive">The archive; must be able to seek.</param>
/// <param name="restorer">Makes the entries.</param>
/// <param name="limits">How many entries there may be.</param>
internal sealed class ZipUnpacker(Stream archive, ArchiveRestorer restorer, UnpackLimits limits)
{
    private const int ContentsBlockLength = 64 * 1024;

    private const int MadeByUnix = 3;
    private const int FolderAttribute = 0x10;
    private const int TypeMask = 0xf000;
    private const int TypeFolder = 0x4000;
    private const int TypeFile = 0x8000;
    private const int TypeLink = 0xa000;
    private const int OwnerExecuteBit = 0x40;
    private const int EncryptedFlag = 1;
    private const int LateSizesFlag = 8;
    private const int MethodStored = 0;
    private const int MethodDeflate = 8;
    private const int MaxLateSizesLength = 24;
    private const int MaxTargetLength = 4096;
    private const int FirstYear = 1980;

    private readonly byte[] _block = new byte[ContentsBlockLength];
    private readonly Crc32 _crc = new();
    private long _usedLength;
    private long _lateLength;

    /// <summary>Gets the latest time of any entry, in seconds since 1970.</summary>
    public long LastModified { get; private set; }

    /// <summary>Gets how many bytes before the directory belong to no entry of it.</summary>
    public long UnusedLength { get; private set; }

    /// <summary>Unpacks.</summary>
    /// <exception cref="ArchiveException">The archive is malformed, or has what must not be restored.</exception>
    public void Unpack()
    {
        (long count, long offset, long length) = FindDirectory();
        if (count > limits.MaxEntries)
        {
            count = limits.MaxEntries + 1;
        }

        using BufferedStream directory = new(new SubStream(archive, offset, length), ContentsBlockLength);
        for (long index = 0; index < count; index++)
        {
            restorer.CountEntry();
            Restore(ReadEntry(directory, offset), offset);
        }

        if (directory.ReadByte() >= 0)
        {
            throw ArchiveException.Whole("the directory of the archive has more than its entries");
        }

        UnusedLength = Math.Max(0, offset - _usedLength - _lateLength);
    }

    private (long Count, long Offset, long Length) FindDirectory()
    {
        long tailLength = Math.Min(archive.Length, ZipRecords.EndLength + ZipRecords.MaxCommentLength);
        byte[] tail = ReadAt(archive.Length - tailLength, (int)tailLength);
        for (int index = tail.Length - ZipRecords.EndLength; index >= 0; index--)
        {
            ReadOnlySpan<byte> end = tail.AsSpan(index);
            if (ZipRecords.Word(end, 0) == ZipRecords.EndMark && ZipRecords.Short(end, 20) == end.Length - ZipRecords.EndLength)
            {
                return ReadEnd(end, archive.Length - end.Length);
            }
        }

        throw ArchiveException.Whole("the archive has no directory");
    }

    private (long Count, long Offset, long Length) ReadEnd(ReadOnlySpan<byte> end, long position)
    {
        long count = ZipRecords.Short(end, 10);
        long length = ZipRecords.Word(end, 12);
        long offset = ZipRecords.Word(end, 16);
        bool isWhole = ZipRecords.Word(end, 4) == 0 && ZipRecords.Short(end, 8) == count;
        if (count == ushort.MaxValue || length == uint.MaxValue || offset == uint.MaxValue)
        {
            if (position < ZipRecords.EndLocatorLength + ZipRecords.LargeEndLength)
            {
                throw ArchiveException.At(position, "damaged directory of the archive");
            }

            byte[] locator = ReadAt(position - ZipRecords.EndLocatorLength, ZipRecords.EndLocatorLength);
            position -= ZipRecords.EndLocatorLength + ZipRecords.LargeEndLength;
            byte[] large = ReadAt(position, ZipRecords.LargeEndLength);
            if (ZipRecords.Word(locator, 0) != ZipRecords.EndLocatorMark
                || ZipRecords.Long(locator, 8) != position
                || ZipRecords.Word(large, 0) != ZipRecords.LargeEndMark)
            {
                throw ArchiveException.At(position, "damaged directory of the archive");
            }

            count = ZipRecords.Long(large, 32);
            length = ZipRecords.Long(large, 40);
            offset = ZipRecords.Long(large, 48);
            isWhole = ZipRecords.Long(large, 16) == 0 && ZipRecords.Long(large, 24) == count;
        }

        if (!isWhole)
        {
            throw ArchiveException.Whole("the archive is one of several parts");
        }

        return count >= 0 && length >= 0 && offset >= 0 && offset <= position && length == position - offset
            ? (count, offset, length)
            : throw ArchiveException.At(position, "the directory of the archive is not where its end says");
    }

    private static Entry ReadEntry(Stream directory, long directoryOffset)
    {
        byte[] record = new byte[ZipRecords.EntryLength];
        Read(directory, record);
        if (ZipRecords.Word(record, 0) != ZipRecords.EntryMark)
        {
            throw ArchiveException.At(directoryOffset, "damaged directory of the archive");
        }

        byte[] name = new byte[ZipRecords.Short(record, 28)];
        byte[] extra = new byte[ZipRecords.Short(record, 30)];
        byte[] comment = new byte[ZipRecords.Short(record, 32)];
        Read(directory, name);
        Read(directory, extra);
        Read(directory, comment);
        long compressedSize = ZipRecords.Word(record, 20);
        long size = ZipRecords.Word(record, 24);
        long offset = ZipRecords.Word(record, 42);
        if (!ZipRecords.TryEnlarge(extra, ref size, ref compressedSize, ref offset))
        {
            throw ArchiveException.Of(name, "has a size that does not fit");
        }

        bool isOfUnix = record[5] == MadeByUnix;
        uint attributes = ZipRecords.Word(record, 38);
        int mode = isOfUnix ? (int)(attributes >> 16) : 0;
        bool isFolder = name is [.., (byte)'/'] || (!isOfUnix && (attributes & FolderAttribute) != 0);
        return new Entry(name)
        {
            Flags = ZipRecords.Short(record, 8),
            Method = ZipRecords.Short(record, 10),
            Time = ZipRecords.FindTime(extra) ?? ReadTime(ZipRecords.Word(record, 12)),
            Checksum = ZipRecords.Word(record, 16),
            CompressedSize = compressedSize,
            Size = size,
            Offset = offset,
            Type = isFolder ? TypeFolder : (mode & TypeMask) is var type and not 0 ? type : TypeFile,
            IsExecutable = (mode & OwnerExecuteBit) != 0,
        };
    }

    private void Restore(Entry entry, long directoryOffset)
    {
        long dataOffset = CheckHeader(entry, directoryOffset);
        _usedLength += dataOffset - entry.Offset + entry.CompressedSize;
        if (entry.CompressedSize > directoryOffset - dataOffset || _usedLength > directoryOffset)
        {
            throw ArchiveException.Of(entry.Name, "overlaps with another one");
        }

        if ((entry.Flags & EncryptedFlag) != 0)
        {
            throw ArchiveException.Of(entry.Name, "is encrypted");
        }

        _lateLength += (entry.Flags & LateSizesFlag) != 0 ? MaxLateSizesLength : 0;
        LastModified = Math.Max(LastModified, entry.Time);
        switch (entry.Type)
        {
            case TypeFolder:
                restorer.AddDirectory(entry.Name);
                break;
            case TypeLink:
                byte[] target = new byte[Math.Min(entry.Size, MaxTargetLength)];
                int length = 0;
                using (Stream contents = Open(entry, dataOffset))
                {
                    length = contents.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
                    Finish(entry, contents, target.AsSpan(0, length), entry.Size);
                }

                restorer.AddSymlink(entry.Name, target);
                break;
            case TypeFile:
                RestoreFile(entry, dataOffset);
                break;
            default:
                throw ArchiveException.Of(entry.Name, $"has unsupported file type {entry.Type}");
        }
    }

    private void RestoreFile(Entry entry, long dataOffset)
    {
        using Stream contents = Open(entry, dataOffset);
        restorer.AddFile(entry.Name, entry.IsExecutable, entry.Size, left =>
        {
            int count = contents.Read(_block.AsSpan(0, (int)Math.Min(left, _block.Length)));
            if (count == 0)
            {
                throw ArchiveException.Of(entry.Name, "is shorter than its size");
            }

            _crc.Append(_block.AsSpan(0, count));
            return _block.AsSpan(0, count);
        });
        Finish(entry, contents, default, 0);
    }

    private void Finish(Entry entry, Stream contents, ReadOnlySpan<byte> last, long expected)
    {
        _crc.Append(last);
        if (last.Length != expected || contents.ReadByte() >= 0)
        {
            throw ArchiveException.Of(entry.Name, "does not have its size");
        }

        uint checksum = _crc.GetCurrentHashAsUInt32();
        _crc.Reset();
        if (checksum != entry.Checksum)
        {
            throw ArchiveException.Of(entry.Name, "does not have its checksum");
        }
    }

    private DecodingStream Open(Entry entry, long dataOffset)
    {
        SubStream data = new(archive, dataOffset, entry.CompressedSize);
        return entry.Method switch
        {
            MethodStored => new DecodingStream(() => data, "zip"),
            MethodDeflate => new DecodingStream(() => Inflating.OpenDeflate(data), "zip"),
            _ => throw ArchiveException.Of(entry.Name, $"is compressed by method {entry.Method}, which is not supported"),
        };
    }

    /// <summary>Compares the header before an entry with what the directory says.</summary>
    /// <returns>Where the contents begin.</returns>
    private long CheckHeader(Entry entry, long directoryOffset)
    {
        if (entry.Offset > directoryOffset - ZipRecords.HeaderLength)
        {
            throw ArchiveException.Of(entry.Name, "is not where the directory says");
        }

        byte[] header = ReadAt(entry.Offset, ZipRecords.HeaderLength);
        int nameLength = ZipRecords.Short(header, 26);
        int extraLength = ZipRecords.Short(header, 28);
        long dataOffset = entry.Offset + ZipRecords.HeaderLength + nameLength + extraLength;
        if (ZipRecords.Word(header, 0) != ZipRecords.HeaderMark || dataOffset > directoryOffset)
        {
            throw ArchiveException.Of(entry.Name, "is not where the directory says");
        }

        byte[] texts = ReadAt(entry.Offset + ZipRecords.HeaderLength, nameLength + extraLength);
        long compressedSize = ZipRecords.Word(header, 18);
        long size = ZipRecords.Word(header, 22);
        long none = 0;
        bool areSizesKnown = (ZipRecords.Short(header, 6) & LateSizesFlag) == 0;
        if (areSizesKnown && !ZipRecords.TryEnlarge(texts.AsSpan(nameLength), ref size, ref compressedSize, ref none))
        {
            throw ArchiveException.Of(entry.Name, "has a size that does not fit");
        }

        bool isSame = texts.AsSpan(0, nameLength).SequenceEqual(entry.Name)
            && ZipRecords.Short(header, 8) == entry.Method
            && ZipRecords.Short(header, 6) == entry.Flags
            && (!areSizesKnown
                || (ZipRecords.Word(header, 14) == entry.Checksum && compressedSize == entry.CompressedSize && size == entry.Size));
        return isSame
            ? dataOffset
            : throw ArchiveException.Of(entry.Name, "is something else in its header than in the directory of the archive");
    }

    private byte[] ReadAt(long offset, int length)
    {
        byte[] bytes = new byte[length];
        Read(new SubStream(archive, offset, length), bytes);
        return bytes;
    }

    private static void Read(Stream stream, Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw ArchiveException.Whole("the archive ends early");
        }
    }

    /// <summary>Reads the time of MS-DOS, which has no zone.</summary>
    private static long ReadTime(uint time)
    {
        int year = (int)(time >> 25) + FirstYear;
        int month = Math.Clamp((int)(time >> 21) & 0xf, 1, 12);
        int day = Math.Clamp((int)(time >> 16) & 0x1f, 1, DateTime.DaysInMonth(year, month));
        DateTimeOffset date = new(year, month, day, 0, 0, 0, TimeSpan.Zero);
        return date.ToUnixTimeSeconds() + ((time >> 11) & 0x1f) * 3600 + ((time >> 5) & 0x3f) * 60 + (time & 0x1f) * 2;
    }

    private sealed record Entry(byte[] Name)
    {
        public required ushort Flags { get; init; }

        public required ushort Method { get; init; }

        public required long Time { get; init; }

        public required uint Checksum { get; init; }

        public required long CompressedSize { get; init; }

        public required long Size { get; init; }

        public required long Offset { get; init; }

        public required int Type { get; init; }

        public required bool IsExecutable { get; init; }
    }
}
