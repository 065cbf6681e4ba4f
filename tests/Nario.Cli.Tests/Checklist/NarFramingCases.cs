using System.Globalization;
using Nario.Codec;
using Nario.Codec.Tests.Trees;

namespace Nario.Cli.Tests.Checklist;

/// <summary>N: lengths, paddings and ends of NARs.</summary>
public sealed class NarFramingCases(ChecklistStores stores) : IClassFixture<ChecklistStores>
{
    private const string Magic = "nix-archive-1";

    private static readonly ulong[] LargeLengths =
    [
        1UL << 31, 1UL << 32, (1UL << 63) - 1, 1UL << 63, ulong.MaxValue - 7, ulong.MaxValue,
    ];

    private static readonly string[] BeforeEntry = ["(", "type", "directory", "entry", "(", "name"];

    public static TheoryData<string> Names => [.. Cases.Select(static item => item.Name)];

    private static IReadOnlyList<ChecklistCase> Cases { get; } =
    [
        .. Whole(),
        .. Nars().SelectMany(static fault => fault.ToCases()),
        .. Lengths().SelectMany(static fault => fault.ToCases()),
        .. Contents(),
        .. Paddings().SelectMany(static fault => fault.ToCases()),
        .. Trailing(),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Verdict(string name) => stores.Check(Cases.Single(item => item.Name == name));

    [Fact]
    public void N08_truncation_at_every_offset()
    {
        Node tree = new DirectoryNode(
        [
            new("l"u8.ToArray(), new LinkNode("x"u8.ToArray())),
            new("x"u8.ToArray(), new FileNode("12345"u8.ToArray(), IsExecutable: true)),
        ]);
        byte[] nar = Wire.Nar(tree);
        foreach (byte[] nario in (byte[][])
            [NarioBuilder.Nario1(NarioBuilder.Entry1(nar)), NarioBuilder.Nario2(NarioBuilder.Entry2(nar))])
        {
            // Without the end marker the path is whole: that is case V04.
            for (int length = 0; length < nario.Length - sizeof(ulong); length++)
            {
                stores.CheckTruncated(nario[..length]);
            }
        }
    }

    private static IEnumerable<ChecklistCase> Whole()
    {
        const string NoNario = "input doesn't look like a nario";
        const string End = "unexpected end-of-file (offset 0)";
        yield return new ChecklistCase("N01", "a file of no bytes", []) { Framing = End }
            .RefusedBy("the input is empty, so it is no nario");
        foreach ((string name, byte[] magic) in ((string, byte[])[])
            [
                ("gzip", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
                ("zstd", [0x28, 0xb5, 0x2f, 0xfd, 4, 0, 1, 2]),
                ("xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4]),
                ("bzip2", [.. "BZh91AY&SY"u8]),
                ("lz4", [0x04, 0x22, 0x4d, 0x18, 0x64, 0x40, 0xa7, 0]),
            ])
        {
            string error = $"{NoNario}: it looks compressed with {name}; decompress it first";
            yield return new ChecklistCase("N05", $"{name} in place of a nario", magic) { Framing = error }
                .RefusedBy(error);
        }

        byte[] tar = new byte[1024];
        "ustar"u8.CopyTo(tar.AsSpan(257));
        tar[0] = (byte)'f';
        foreach ((string what, byte[] bytes) in ((string, byte[])[])
            [
                ("a tar archive", tar),
                ("a NAR, without the store path that a nario names", NarioBuilder.GoodNar),
            ])
        {
            string error = $"{NoNario}: it looks like {what}";
            yield return new ChecklistCase("N05", $"{what[2..5]} in place of a nario", bytes) { Framing = error }
                .RefusedBy(error);
        }
    }

    private static IEnumerable<NarFault> Nars()
    {
        yield return new NarFault("N01", "a NAR of no bytes", [], 0, "nar/magic");
        yield return new NarFault("N02", "a NAR that is its magic only", new Wire().Text(Magic).ToArray(), 24, "nar/node/open");
        yield return new NarFault("N03", "a magic of 13 other bytes", new Wire().Text("nix-archive-2").ToArray(), 0, "nar/magic")
            .ExpectsTokens(Magic);
        yield return new NarFault(
            "N03", "a magic with other padding", new Wire().Bytes("nix-archive-1"u8, filler: 1).ToArray(), 0, "nar/magic")
            .ExpectsTokens(Magic);
        foreach (ulong length in LargeLengths)
        {
            yield return new NarFault(
                "N04",
                Show("a magic of length", length),
                new Wire().Number(length).Raw("nix-archive-1\0\0\0"u8).ToArray(),
                0,
                "nar/magic").ExpectsTokens(Magic);
        }

        yield return new NarFault("N05", "gzip in place of a NAR", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0], 0, "nar/magic")
            .ExpectsTokens(Magic);
    }

    private static IEnumerable<NarFault> Lengths()
    {
        foreach (ulong length in (ulong[])[33, 256, 4096, .. LargeLengths])
        {
            string found = length.ToString(CultureInfo.InvariantCulture);
            yield return Field("type", "nar/node/type/length", length, "(", "type").Expects("at most 32", found);
            yield return Field("file tag", "nar/regular/file/tag/length", length, "(", "type", "regular")
                .Expects("at most 32", found);
            yield return Field("entry tag", "nar/entry/tag/length", length, "(", "type", "directory")
                .Expects("at most 32", found);
            yield return Executable(length);
            if (length > 255)
            {
                yield return Field("name", "nar/entry_body/entry/length", length, BeforeEntry)
                    .Expects("1 to 255", found);
            }

            if (length > 4095)
            {
                yield return Field("target", "nar/node/symlink/length", length, "(", "type", "symlink", "target")
                    .Expects("1 to 4095", found);
            }
        }

        foreach (ulong length in (ulong[])[1, 7, 8, 31, 32])
        {
            yield return Executable(length);
        }
    }

    private static NarFault Executable(ulong length)
    {
        Wire wire = new Wire().Text(Magic, "(", "type", "regular", "executable");
        long at = wire.Position;
        return new NarFault(
            "N06",
            Show("a value of executable of length", length),
            wire.Number(length).Text("contents", "", ")").ToArray(),
            at,
            "nar/regular/file/marker").ExpectsTokens("", "contents");
    }

    private static NarFault Field(string what, string specPath, ulong length, params string[] tokens)
    {
        Wire wire = new Wire().Text(Magic).Text(tokens);
        long at = wire.Position;
        return new NarFault(
            "N06", Show($"a {what} of length", length), wire.Number(length).Raw(new byte[64]).ToArray(), at, specPath);
    }

    private static IEnumerable<ChecklistCase> Contents()
    {
        foreach (ulong length in (ulong[])[1, 4096, .. LargeLengths])
        {
            byte[] nar = new Wire().Text(Magic, "(", "type", "regular", "contents").Number(length).ToArray();
            string found = length.ToString(CultureInfo.InvariantCulture);
            string title = Show("contents of length", length);

            long end = NarioBuilder.NarStart1 + nar.Length;
            string first = length > (ulong)(long.MaxValue - end)
                ? NarioBuilder.Wrong(
                    string.Create(CultureInfo.InvariantCulture, $"at most {long.MaxValue - end} bytes"),
                    found,
                    end,
                    "nar/regular/contents")
                : NarioBuilder.Truncated(end, "nar/regular/contents");
            yield return new ChecklistCase("N06", $"{title}, version 1", new Wire().Number(1).Raw(nar).ToArray())
            {
                Framing = first,
            }.RefusedBy(NarioBuilder.OfEntry(first));

            NarioPathInfo info = NarioBuilder.Info2(nar);
            string second = NarioBuilder.Wrong(
                "at most 0 bytes", found, NarioBuilder.NarStart2(info) + nar.Length, "nar/regular/contents");
            yield return new ChecklistCase(
                "N06", $"{title}, version 2", NarioBuilder.Nario2(NarioBuilder.Entry2(nar, info)))
            {
                Framing = second,
            }.RefusedByReaders(NarioBuilder.OfPath(second));
        }
    }

    private static IEnumerable<NarFault> Paddings()
    {
        for (int position = 1; position < sizeof(ulong); position++)
        {
            yield return Padding("a type", "nar/node/type/padding", "directory", position, "(", "type");
            yield return Padding("a file tag", "nar/regular/file/tag/padding", "executable", position, "(", "type", "regular");
            yield return Padding("an entry tag", "nar/entry/tag/padding", ")", position, "(", "type", "directory");
            yield return Padding("a name", "nar/entry_body/entry/padding", "n", position, BeforeEntry, "node", "(");
            yield return Padding("a target", "nar/node/symlink/padding", "t", position, ["(", "type", "symlink", "target"], ")");
            yield return Padding("contents", "nar/regular/padding", "c", position, ["(", "type", "regular", "contents"], ")");
        }
    }

    private static NarFault Padding(
        string what, string specPath, string text, int position, params string[] before) =>
        Padding(what, specPath, text, position, before, "");

    /// <summary>Makes a NAR in which one byte of the padding of a token is not zero.</summary>
    private static NarFault Padding(
        string what, string specPath, string text, int position, string[] before, params string[] after)
    {
        Wire wire = new Wire().Text(Magic).Text(before);
        long begin = wire.Position + sizeof(ulong) + text.Length;
        byte[] nar = wire.Text(text).Text(after).ToArray();
        long padding = ((begin + 7) / 8 * 8) - begin;
        long at = begin + Math.Min(position, padding) - 1;
        nar[at] = (byte)position;
        string title = Show($"padding of {what} that is not zero at", (ulong)position);
        return new NarFault("N07", title, nar, at, specPath)
            .Expects("padding with bytes of value 0", Show("a byte of value", (ulong)position));
    }

    private static IEnumerable<ChecklistCase> Trailing()
    {
        byte[] tail = [.. "trailing"u8];
        byte[] nar = NarioBuilder.GoodNar;
        byte[] longer = [.. nar, .. tail];
        long end = NarioBuilder.NarStart1 + nar.Length;
        string first = NarioBuilder.WrongConstant(tail, 0, [.. "NIXE\0\0\0\0"u8], end, "nario_v1/path_info/magic");
        yield return new ChecklistCase(
            "N09", "bytes after a NAR, version 1", NarioBuilder.Nario1(NarioBuilder.Entry1(longer)))
        {
            Framing = first,
        }.RefusedBy(NarioBuilder.OfEntry(first));

        NarioPathInfo info = NarioBuilder.Info2(longer);
        string second = NarioBuilder.NotFilled(info, nar);
        yield return new ChecklistCase(
            "N09", "bytes after a NAR, version 2", NarioBuilder.Nario2(NarioBuilder.Entry2(longer, info)))
        {
            Framing = second,
        }.RefusedByReaders(NarioBuilder.OfPath(second)) with
        { Import = NarioBuilder.SizeMismatch(info, nar) };
    }

    private static string Show(string text, ulong length) => string.Create(CultureInfo.InvariantCulture, $"{text} {length}");
}
