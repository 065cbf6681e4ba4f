using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Nario.Flakes.Tests.Support;

/// <summary>Writes tar archives by hand, right and wrong ones.</summary>
internal sealed class TarBuilder
{
    private const int BlockLength = 512;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    internal TarBuilder File(string name, string text = "text", int mode = 0x1a4) =>
        Member(Latin(name), '0', Latin(text), mode: mode);

    internal TarBuilder Folder(string name) => Member(Latin(name), '5', []);

    internal TarBuilder Symlink(string name, string target) => Member(Latin(name), '2', [], target: Latin(target));

    internal TarBuilder HardLink(string name, string target) => Member(Latin(name), '1', [], target: Latin(target));

    /// <summary>Adds pax records before the next member.</summary>
    internal TarBuilder Pax(params (string Key, string Value)[] records) => Member(Latin("pax"), 'x', Records(records));

    /// <summary>Adds pax records for all members.</summary>
    internal TarBuilder GlobalPax(params (string Key, string Value)[] records) =>
        Member(Latin("pax_global_header"), 'g', Records(records));

    /// <summary>Adds a GNU header with the name of the next member.</summary>
    internal TarBuilder LongName(string name) => Member(Latin("././@LongLink"), 'L', Latin(name + '\0'));

    /// <summary>Adds a GNU header with the target of the next member.</summary>
    internal TarBuilder LongTarget(string target) => Member(Latin("././@LongLink"), 'K', Latin(target + '\0'));

    /// <summary>Adds a member.</summary>
    internal TarBuilder Member(
        byte[] name, char type, byte[] contents, int mode = 0x1a4, byte[]? target = null, long? size = null, long time = 1_000_000_000,
        bool isDamaged = false)
    {
        byte[] block = new byte[BlockLength];
        name.AsSpan(0, Math.Min(name.Length, 100)).CopyTo(block);
        Octal(mode, 7).CopyTo(block, 100);
        Octal(0, 7).CopyTo(block, 108);
        Octal(0, 7).CopyTo(block, 116);
        Octal(size ?? contents.Length, 11).CopyTo(block, 124);
        Octal(time, 11).CopyTo(block, 136);
        Latin("        ").CopyTo(block, 148);
        block[156] = (byte)type;
        target?.AsSpan(0, Math.Min(target.Length, 100)).CopyTo(block.AsSpan(157));
        Latin("ustar\0" + "00").CopyTo(block, 257);
        Octal(block.Sum(static value => value) + (isDamaged ? 1 : 0), 6).CopyTo(block, 148);
        return Raw(block).Raw(contents).Raw(new byte[-contents.Length & (BlockLength - 1)]);
    }

    internal TarBuilder Raw(byte[] bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Gets the archive without its end.</summary>
    internal byte[] ToOpenArray() => _bytes.WrittenSpan.ToArray();

    /// <summary>Gets the archive.</summary>
    internal byte[] ToArray() => [.. _bytes.WrittenSpan.ToArray(), .. new byte[2 * BlockLength]];

    /// <summary>Gets the archive compressed by gzip.</summary>
    internal byte[] ToGzip() => Gzip(ToArray());

    internal static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream output = new();
        using (GZipStream gzip = new(output, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return output.ToArray();
    }

    internal static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Octal(long number, int digits) =>
        Latin(Convert.ToString(number, 8).PadLeft(digits, '0') + '\0');

    private static byte[] Records((string Key, string Value)[] records) => Latin(string.Concat(records.Select(static record =>
    {
        string text = $" {record.Key}={record.Value}\n";
        int length = text.Length + 1;
        while (length < text.Length + length.ToString(CultureInfo.InvariantCulture).Length)
        {
            length++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{length}{text}");
    })));
}
