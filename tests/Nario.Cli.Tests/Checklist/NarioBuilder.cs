using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nario.Codec;
using Nario.Codec.Tests.Trees;

namespace Nario.Cli.Tests.Checklist;

/// <summary>Builds narios by hand, and the words in which a fault in them is told.</summary>
internal static class NarioBuilder
{
    /// <summary>The path that cases are about.</summary>
    internal const string Path = "0123456789abcdfghijklmnpqrsvwxyz-name";

    /// <summary>Another path.</summary>
    internal const string OtherPath = "00000000000000000000000000000000-other";

    internal const string StorePrefix = "/nix/store/";

    internal const string NarMagic = "nix-archive-1";

    /// <summary>Gets a NAR without anything odd.</summary>
    internal static byte[] GoodNar { get; } = Wire.Nar(new FileNode("contents"u8.ToArray()));

    /// <summary>Gets another one.</summary>
    internal static byte[] OtherNar { get; } = Wire.Nar(new FileNode("CONTENTS"u8.ToArray()));

    /// <summary>Gets the NAR of a path that is valid before an import.</summary>
    internal static byte[] HeldNar { get; } = Wire.Nar(new FileNode("held before"u8.ToArray()));

    internal static byte[] Nario1(params IReadOnlyList<byte[]> entries) =>
        [.. entries.SelectMany(static entry => entry), .. new byte[8]];

    internal static byte[] Nario2(params IReadOnlyList<byte[]> entries) =>
        [.. "NARIO2\0\0"u8, .. entries.SelectMany(static entry => entry), .. new byte[8]];

    /// <summary>Gets an entry of version 1.</summary>
    internal static byte[] Entry1(byte[] nar, NarioPathInfo info)
    {
        Wire wire = new Wire().Number(1).Raw(nar);
        SampleNario.WriteInfo1(wire, info);
        return wire.ToArray();
    }

    internal static byte[] Entry1(byte[] nar, string path = Path) => Entry1(nar, new NarioPathInfo { Path = path });

    /// <summary>Gets an entry of version 2.</summary>
    internal static byte[] Entry2(byte[] nar, NarioPathInfo info)
    {
        Wire wire = new Wire().Number(1);
        SampleNario.WriteInfo2(wire, info);
        return wire.Raw(nar).ToArray();
    }

    internal static byte[] Entry2(byte[] nar, string path = Path) => Entry2(nar, Info2(nar, path));

    /// <summary>Gets what version 2 truly says of a NAR.</summary>
    internal static NarioPathInfo Info2(byte[] nar, string path = Path) => new()
    {
        Path = path,
        NarHash = Convert.ToHexStringLower(SHA256.HashData(nar)),
        NarSize = (ulong)nar.Length,
    };

    /// <summary>Gets where the NAR of the only entry of version 1 begins.</summary>
    internal static long NarStart1 => sizeof(ulong);

    /// <summary>Gets where the NAR of the only entry of version 2 begins.</summary>
    internal static long NarStart2(NarioPathInfo info)
    {
        Wire wire = new Wire().Number(0).Number(1);
        SampleNario.WriteInfo2(wire, info);
        return wire.Position;
    }

    /// <summary>Gets how long a byte string is in the file.</summary>
    internal static long Size(string text) => new Wire().Text(text).Position;

    /// <summary>Gets the line for something that is not what was expected.</summary>
    internal static string Wrong(string expected, string found, long offset, string specPath) =>
        string.Create(CultureInfo.InvariantCulture, $"expected {expected}, found {found} (offset {offset}, {specPath})");

    /// <summary>Gets the line for a constant that does not stand there.</summary>
    /// <param name="bytes">What has the fault.</param>
    /// <param name="at">Where the constant begins in it.</param>
    /// <param name="constant">The constant.</param>
    /// <param name="offset">The offset to tell.</param>
    /// <param name="specPath">The field.</param>
    internal static string WrongConstant(byte[] bytes, long at, byte[] constant, long offset, string specPath)
    {
        ReadOnlySpan<byte> found = bytes.AsSpan((int)at);
        int same = found.CommonPrefixLength(constant);
        return Wrong(Quote(constant), Quote(found[..(same + 1)]), offset, specPath);
    }

    /// <summary>Gets the line for input that ends too early.</summary>
    internal static string Truncated(long offset, string specPath) =>
        string.Create(CultureInfo.InvariantCulture, $"unexpected end-of-file (offset {offset}, {specPath})");

    /// <summary>Gets the line for a fault of a field whose framing is right.</summary>
    internal static string In(long offset, string specPath, string message) =>
        string.Create(CultureInfo.InvariantCulture, $"{message} (offset {offset}, {specPath})");

    /// <summary>Gets the line for a NAR that ends before its stated size does.</summary>
    internal static string NotFilled(NarioPathInfo info, byte[] nar)
    {
        long start = NarStart2(info);
        ulong end = (ulong)start + info.NarSize!.Value;
        return Wrong(
            string.Create(CultureInfo.InvariantCulture, $"a field that fills its stated size up to offset {end}"),
            "another value",
            start + nar.Length,
            "nario_v2/entry_body/nar");
    }

    /// <summary>Gets what an import says that has read such a NAR.</summary>
    internal static string SizeMismatch(NarioPathInfo info, byte[] nar) => In(
        NarStart2(info) - Size(info.ContentAddress ?? "") - info.Signatures.Sum(Size) - (3 * sizeof(ulong)),
        "nario_v2/path_info/nar_size",
        string.Create(
            CultureInfo.InvariantCulture,
            $"size mismatch importing path '{StorePrefix}{info.Path}'; specified: {info.NarSize}; got: {nar.Length}"));

    /// <summary>What an import advises about a reference that is missing.</summary>
    internal const string ExportAll = "; export with -r, which takes along all that paths refer to";

    /// <summary>Gets the line for a reference that is missing.</summary>
    internal static string Refers(string path, string reference) =>
        $"path '{StorePrefix}{path}' refers to '{StorePrefix}{reference}', which is neither in the store nor earlier "
        + "in this nario";

    /// <summary>Gets a line about a path.</summary>
    internal static string OfPath(string line, string path = Path) => $"path '{StorePrefix}{path}': {line}";

    /// <summary>Gets a line about an entry whose path is not known.</summary>
    internal static string OfEntry(string line, int number = 1) => $"entry {number}: {line}";

    /// <summary>Writes bytes as errors do.</summary>
    internal static string Quote(ReadOnlySpan<byte> bytes)
    {
        const int Longest = 64;
        StringBuilder text = new("\"");
        foreach (byte value in bytes[..Math.Min(bytes.Length, Longest)])
        {
            text.Append(value switch
            {
                (byte)'"' or (byte)'\\' => $"\\{(char)value}",
                0 => "\\0",
                < 0x20 or >= 0x7f => $"\\x{value:x2}",
                _ => $"{(char)value}",
            });
        }

        return text.Append(bytes.Length > Longest ? "\"…" : "\"").ToString();
    }
}
