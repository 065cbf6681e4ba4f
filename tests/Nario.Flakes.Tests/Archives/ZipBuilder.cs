using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Nario.Flakes.Tests.Support;

namespace Nario.Flakes.Tests.Archives;

/// <summary>Writes zip archives by hand, in which headers and directory can differ.</summary>
internal sealed class ZipBuilder
{
    private readonly ArrayBufferWriter<byte> _headers = new();
    private readonly ArrayBufferWriter<byte> _directory = new();
    private int _count;

    /// <summary>Adds an entry.</summary>
    /// <param name="name">Its name in the directory.</param>
    /// <param name="contents">Its contents.</param>
    /// <param name="mode">Its mode of Unix, with the type.</param>
    /// <param name="headerName">Its name in the header; null: the same.</param>
    /// <param name="statedSize">Its size in both; null: the true one.</param>
    /// <param name="offset">Where the directory says that it is; null: where it is.</param>
    /// <param name="checksum">Its checksum in both; null: the true one.</param>
    /// <param name="isHidden">Whether the directory does not name it.</param>
    /// <param name="isTwin">Whether only the directory names it.</param>
    /// <param name="isEncrypted">Whether it claims to be encrypted.</param>
    /// <param name="method">Its method; 0 and 8 are done.</param>
    internal ZipBuilder Add(
        string name, byte[] contents, int mode = 0x81a4, string? headerName = null, long? statedSize = null, uint? offset = null,
        uint? checksum = null, bool isHidden = false, bool isTwin = false, bool isEncrypted = false, ushort method = 8)
    {
        byte[] data = method == 8 ? Deflate(contents) : contents;
        uint place = (uint)_headers.WrittenCount;
        byte[] shared = new byte[26];
        BinaryPrimitives.WriteUInt16LittleEndian(shared, 20);
        BinaryPrimitives.WriteUInt16LittleEndian(shared.AsSpan(2), (ushort)(isEncrypted ? 1 : 0));
        BinaryPrimitives.WriteUInt16LittleEndian(shared.AsSpan(4), method);
        BinaryPrimitives.WriteUInt32LittleEndian(shared.AsSpan(6), 0x5a215000);
        BinaryPrimitives.WriteUInt32LittleEndian(shared.AsSpan(10), checksum ?? Crc32.HashToUInt32(contents));
        BinaryPrimitives.WriteUInt32LittleEndian(shared.AsSpan(14), (uint)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(shared.AsSpan(18), (uint)(statedSize ?? contents.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(shared.AsSpan(22), (ushort)(headerName ?? name).Length);
        if (!isTwin)
        {
            Write(_headers, "PK\x03\x04"u8, shared, TarBuilder.Latin(headerName ?? name), data);
        }

        if (isHidden)
        {
            return this;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(shared.AsSpan(22), (ushort)name.Length);
        byte[] rest = new byte[14];
        BinaryPrimitives.WriteUInt32LittleEndian(rest.AsSpan(6), (uint)mode << 16);
        BinaryPrimitives.WriteUInt32LittleEndian(rest.AsSpan(10), offset ?? place);
        Write(_directory, "PK\x01\x02"u8, [20, 3], shared, rest, TarBuilder.Latin(name));
        _count++;
        return this;
    }

    /// <summary>Gets the archive.</summary>
    /// <param name="count">How many entries the end says that there are; null: the true number.</param>
    internal byte[] ToArray(int? count = null)
    {
        byte[] end = new byte[18];
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(4), (ushort)(count ?? _count));
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(6), (ushort)(count ?? _count));
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(8), (uint)_directory.WrittenCount);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)_headers.WrittenCount);
        return [.. _headers.WrittenSpan, .. _directory.WrittenSpan, .. "PK\x05\x06"u8, .. end];
    }

    private static byte[] Deflate(byte[] contents)
    {
        using MemoryStream output = new();
        using (DeflateStream deflate = new(output, CompressionLevel.Optimal))
        {
            deflate.Write(contents);
        }

        return output.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> stream, ReadOnlySpan<byte> mark, params byte[][] parts)
    {
        stream.Write(mark);
        foreach (byte[] part in parts)
        {
            stream.Write(part);
        }
    }
}
