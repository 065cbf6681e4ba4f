using System.Globalization;
using System.Text;
using Nario.Flakes.References;
using Nario.Store;

namespace Nario.Flakes.Unpacking;

/// <summary>Reads a tar archive from its beginning to its end and restores its members.</summary>
/// <param name="input">The archive, not compressed.</param>
/// <param name="restorer">Makes the members.</param>
internal sealed class TarUnpacker(Stream input, ArchiveRestorer restorer)
{
    /// <summary>The bytes of pax records before one member, and of a long name.</summary>
    private const int MaxExtensionLength = 1 << 20;

    private const int ContentsBlockLength = 64 * 1024;

    /// <summary>The file types of Linux, as Nix shows them.</summary>
    private const int CharacterDeviceType = 0x2000;
    private const int BlockDeviceType = 0x6000;
    private const int FifoType = 0x1000;

    private readonly byte[] _block = new byte[ContentsBlockLength];
    private long _offset;
    private byte[]? _longName;
    private byte[]? _longTarget;
    private long? _size;

    /// <summary>Gets the commit that <c>git archive</c> has written into the archive; null when there is none.</summary>
    public string? Commit { get; private set; }

    /// <summary>Gets the latest time of any member, in seconds since 1970.</summary>
    public long LastModified { get; private set; }

    /// <summary>Gets whether something other than zeros follows the end.</summary>
    public bool HasRest { get; private set; }

    /// <summary>Unpacks.</summary>
    /// <exception cref="ArchiveException">The archive is malformed, or has what must not be restored.</exception>
    public void Unpack()
    {
        Span<byte> block = stackalloc byte[TarHeader.BlockLength];
        while (ReadBlock(block))
        {
            TarHeader header = new(block);
            if (header.IsEnd)
            {
                SkipRest();
                return;
            }

            if (!TarHeader.IsOne(block))
            {
                throw ArchiveException.At(_offset - TarHeader.BlockLength, "damaged header");
            }

            ReadMember(header);
        }

        if (_longName is not null || _longTarget is not null || _size is not null)
        {
            throw Truncated();
        }
    }

    private void ReadMember(TarHeader header)
    {
        long size = _size ?? header.Size;
        if (size < 0)
        {
            throw ArchiveException.At(_offset - TarHeader.BlockLength, "invalid size");
        }

        switch (header.Type)
        {
            case 'x' or 'X':
                ReadRecords(size, TakeRecord);
                return;
            case 'g':
                ReadRecords(size, TakeGlobalRecord);
                return;
            case 'L':
                _longName = ReadLongText(size);
                return;
            case 'K':
                _longTarget = ReadLongText(size);
                return;
            default:
                break;
        }

        byte[] name = _longName ?? header.GetName();
        byte[] target = _longTarget ?? header.Target.ToArray();
        _longName = null;
        _longTarget = null;
        _size = null;
        restorer.CountEntry();
        LastModified = Math.Max(LastModified, header.Time);
        bool isNamedAsDirectory = name is [.., (byte)'/'];
        switch (header.Type)
        {
            case '0' or '\0' or '7' when !isNamedAsDirectory:
                restorer.AddFile(name, header.IsExecutable, size, ReadContents);
                SkipPadding(size);
                break;
            case '0' or '\0' or '7' or '5':
                restorer.AddDirectory(name);
                break;
            case 'D':
                restorer.AddDirectory(name);
                Skip(size);
                SkipPadding(size);
                break;
            case '1' when size == 0:
                restorer.AddHardLink(name, target);
                break;
            case '1':
                throw ArchiveException.Of(name, "is a hard link with contents of its own");
            case '2':
                restorer.AddSymlink(name, target);
                break;
            case 'V':
                break;
            case '3':
                throw Unsupported(name, CharacterDeviceType);
            case '4':
                throw Unsupported(name, BlockDeviceType);
            case '6':
                throw Unsupported(name, FifoType);
            case 'S':
                throw ArchiveException.Of(name, "is sparse, which is not supported");
            default:
                throw ArchiveException.Of(
                    name, $"has the unknown type '{EscapedText.FromText([header.Type])}'");
        }
    }

    private static ArchiveException Unsupported(ReadOnlySpan<byte> name, int type) => ArchiveException.Of(
        name, string.Create(CultureInfo.InvariantCulture, $"has unsupported file type {type}"));

    private void TakeRecord(string key, ReadOnlySpan<byte> value)
    {
        switch (key)
        {
            case "path":
                _longName = value.ToArray();
                break;
            case "linkpath":
                _longTarget = value.ToArray();
                break;
            case "size":
                _size = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long size)
                    ? size
                    : throw ArchiveException.At(_offset, "invalid size");
                break;
            case "mtime":
                TakeTime(value);
                break;
            default:
                if (key.StartsWith("GNU.sparse.", StringComparison.Ordinal))
                {
                    throw ArchiveException.At(_offset, "a sparse file, which is not supported");
                }

                break;
        }
    }

    private void TakeGlobalRecord(string key, ReadOnlySpan<byte> value)
    {
        switch (key)
        {
            case "comment":
                string comment = Encoding.UTF8.GetString(value);
                Commit = CommitHash.IsOne(comment) ? comment : Commit;
                break;
            case "mtime":
                TakeTime(value);
                break;
            case "path" or "linkpath" or "size":
                throw ArchiveException.At(_offset, $"a pax header that gives all members one {key}");
            default:
                break;
        }
    }

    private void TakeTime(ReadOnlySpan<byte> value)
    {
        int point = value.IndexOf((byte)'.');
        if (long.TryParse(
            point < 0 ? value : value[..point], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long time))
        {
            LastModified = Math.Max(LastModified, time);
        }
    }

    private void ReadRecords(long size, PaxRecords.RecordAction take)
    {
        long offset = _offset;
        PaxRecords.Read(ReadExtension(size), offset, take);
    }

    private byte[] ReadLongText(long size)
    {
        ReadOnlySpan<byte> text = ReadExtension(size);
        int end = text.IndexOf((byte)0);
        return text[..(end < 0 ? text.Length : end)].ToArray();
    }

    /// <summary>Reads what extends the next header, as much as really comes.</summary>
    private byte[] ReadExtension(long size)
    {
        if (size > MaxExtensionLength)
        {
            throw ArchiveException.At(_offset, $"a header of more than {MaxExtensionLength} bytes");
        }

        using MemoryStream text = new();
        for (long left = size; left > 0;)
        {
            int count = Read(_block.AsSpan(0, (int)Math.Min(left, TarHeader.BlockLength)));
            text.Write(_block, 0, count);
            left -= count;
        }

        SkipPadding(size);
        return text.ToArray();
    }

    /// <summary>Reads the next piece of the contents.</summary>
    /// <param name="left">How many bytes are left.</param>
    private ReadOnlySpan<byte> ReadContents(long left) =>
        _block.AsSpan(0, Read(_block.AsSpan(0, (int)Math.Min(left, _block.Length))));

    private void SkipPadding(long size) => Skip(-size & (TarHeader.BlockLength - 1));

    private void Skip(long count)
    {
        while (count > 0)
        {
            count -= Read(_block.AsSpan(0, (int)Math.Min(count, _block.Length)));
        }
    }

    /// <summary>Reads the rest, so that what checks it is checked.</summary>
    private void SkipRest()
    {
        int count;
        while ((count = input.Read(_block)) > 0)
        {
            HasRest |= _block.AsSpan(0, count).ContainsAnyExcept((byte)0);
        }
    }

    private bool ReadBlock(Span<byte> block)
    {
        int count = input.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        _offset += count;
        return count == block.Length || (count == 0 ? false : throw Truncated());
    }

    private int Read(Span<byte> buffer)
    {
        int count = input.Read(buffer);
        _offset += count;
        return count > 0 ? count : throw Truncated();
    }

    private ArchiveException Truncated() => ArchiveException.At(_offset, "the archive ends early");
}
