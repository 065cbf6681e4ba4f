using System.Globalization;
using Nario.Codec;
using Nario.Codec.Tests.Trees;

namespace Nario.Cli.Tests.Checklist;

/// <summary>V: what stands around the NARs of version 1.</summary>
public sealed class Version1Cases(ChecklistStores stores) : IClassFixture<ChecklistStores>
{
    private const string Path = NarioBuilder.Path;

    private const string Other = NarioBuilder.OtherPath;

    private const string FullPath = NarioBuilder.StorePrefix + Path;

    private const string PathField = "nario_v1/path_info/path";

    private const string ReferencesCount = "nario_v1/path_info/references/count";

    private const string ReferenceField = "nario_v1/path_info/references/items";

    private const string Tag = "nario_v1/entry/tag";

    private static readonly byte[] Nixe = [.. "NIXE\0\0\0\0"u8];

    private static readonly byte[] Good = NarioBuilder.Entry1(NarioBuilder.GoodNar);

    public static TheoryData<string> Names => [.. Cases.Select(static item => item.Name)];

    private static IReadOnlyList<ChecklistCase> Cases { get; } =
        [.. Markers(), .. Magics(), .. Paths(), .. References(), .. Repetitions(), .. Derivers()];

    /// <summary>Gets where the path of the only entry begins.</summary>
    private static long PathStart => NarioBuilder.NarStart1 + NarioBuilder.GoodNar.Length + Nixe.Length;

    /// <summary>Gets where the first reference of the only entry begins.</summary>
    private static long FirstReference => PathStart + NarioBuilder.Size(FullPath) + sizeof(ulong);

    [Theory]
    [MemberData(nameof(Names))]
    public void Verdict(string name) => stores.Check(Cases.Single(item => item.Name == name));

    private static IEnumerable<ChecklistCase> Markers()
    {
        const string NoNario = "input doesn't look like a nario";
        const string End = "unexpected end-of-file (offset 0)";
        yield return new ChecklistCase("V01", "no bytes", []) { Framing = End }
            .RefusedBy("the input is empty, so it is no nario");
        yield return new ChecklistCase("V02", "the end marker only", NarioBuilder.Nario1()) { IsEmpty = true };
        yield return new ChecklistCase("V02", "zeros, as of a disk that was wiped", new byte[4096])
        {
            IsEmpty = true,
            RestLength = 4088,
        };
        foreach (ulong marker in (ulong[])[2, 255, 1UL << 32, 0x4558494e, 1UL << 63, ulong.MaxValue])
        {
            string number = marker.ToString(CultureInfo.InvariantCulture);
            byte[] first = new Wire().Number(marker).Raw(NarioBuilder.GoodNar).ToArray();
            yield return new ChecklistCase("V03", $"{number} as the first marker", first) { Framing = NoNario }
                .RefusedBy(NoNario);
            byte[] second = new Wire().Raw(Good).Number(marker).ToArray();
            string error = NarioBuilder.Wrong("0 (end) or 1 (path)", number, Good.Length, Tag);
            yield return new ChecklistCase("V03", $"{number} as the second marker", second)
            {
                Framing = error,
                Registered = [Path],
            }.RefusedBy(NarioBuilder.OfEntry(error, 2));
        }

        string cut = NarioBuilder.Truncated(Good.Length, Tag);
        yield return new ChecklistCase("V04", "no end marker", Good) { Framing = cut, Registered = [Path] }
            .RefusedBy(NarioBuilder.OfEntry(cut, 2));
        byte[] whole = NarioBuilder.Nario1(Good);
        yield return new ChecklistCase("V05", "bytes after the end", [.. whole, 1, 2, 3])
        {
            RestLength = 3,
            Registered = [Path],
        };
        byte[] second1 = NarioBuilder.Nario1(NarioBuilder.Entry1(NarioBuilder.OtherNar, Other));
        yield return new ChecklistCase("V06", "two narios one after the other", [.. whole, .. second1])
        {
            RestLength = second1.Length,
            Registered = [Path],
        };
    }

    private static IEnumerable<ChecklistCase> Magics()
    {
        foreach (ulong magic in (ulong[])[0x4558494f, 0, 0x1_4558494e, 0x4558494e_00000000])
        {
            Wire wire = new Wire().Number(1).Raw(NarioBuilder.GoodNar);
            long at = wire.Position;
            byte[] nario = wire.Number(magic).Text(FullPath).ToArray();
            string error = NarioBuilder.WrongConstant(nario, at, Nixe, at, "nario_v1/path_info/magic");
            yield return new ChecklistCase("V07", $"mark {magic:x} after a NAR", nario) { Framing = error }
                .RefusedBy(NarioBuilder.OfEntry(error));
        }

        yield return new ChecklistCase(
            "V08", "a signature as of old", Begin().Text(FullPath).List([]).Text("").Number(1).Text("a signature").Number(0).ToArray())
        {
            Registered = [Path],
        };
        foreach (ulong marker in (ulong[])[2, 1UL << 32, ulong.MaxValue])
        {
            Wire wire = Begin().Text(FullPath).List([]).Text("");
            string number = marker.ToString(CultureInfo.InvariantCulture);
            string error = NarioBuilder.Wrong(
                "0 (absent) or 1 (present)", number, wire.Position, "nario_v1/path_info/signature/tag");
            yield return Framed("V08", $"signature marker {number}", wire.Number(marker).Number(0), error, Path);
        }
    }

    private static IEnumerable<ChecklistCase> Paths()
    {
        foreach ((string id, string title, string baseName, string error) in ((string, string, string, string)[])
            [
                ("V09", "a slash at the end", $"{Path}/",
                    $"path '{Path}/' is not a valid store path: name 'name/' contains illegal character '/'"),
                ("V09", "two slashes", $"/{Path}", $"store path '/{Path}' contains illegal base-32 character '/'"),
                ("V09", "dots that come back", $"../store/{Path}",
                    $"store path '../store/{Path}' contains illegal base-32 character '.'"),
                ("V09", "a dot", $"./{Path}", $"store path './{Path}' contains illegal base-32 character '.'"),
                ("V10", "dots that climb", "../../etc/passwd", "'../../etc/passwd' is too short to be a valid store path"),
                ("V11", "a path in a store path", $"{Path}/bin",
                    $"path '{Path}/bin' is not a valid store path: name 'name/bin' contains illegal character '/'"),
                ("V12", "a name of 212 bytes", LongPath(212),
                    $"path '{LongPath(212)}' is not a valid store path: name '{LongPath(212)[33..]}' must be no longer than 211 characters"),
                ("V13", "e in the hash part", $"e{Path[1..]}", $"store path 'e{Path[1..]}' contains illegal base-32 character 'e'"),
                ("V13", "o in the hash part", $"o{Path[1..]}", $"store path 'o{Path[1..]}' contains illegal base-32 character 'o'"),
                ("V13", "u in the hash part", $"u{Path[1..]}", $"store path 'u{Path[1..]}' contains illegal base-32 character 'u'"),
                ("V13", "t in the hash part", $"t{Path[1..]}", $"store path 't{Path[1..]}' contains illegal base-32 character 't'"),
                ("V13", "no dash after the hash part", $"{Path[..32]}_name",
                    $"path '{Path[..32]}_name' is not a valid store path: can't name a store path because the hash part is not followed by a '-'"),
                ("V13", "a name that is two dots", $"{Path[..32]}-..",
                    $"path '{Path[..32]}-..' is not a valid store path: name '..' is not valid"),
                ("V13", "a control character in the name", $"{Path}\x1b[2J",
                    $"path '{Path}\\x1b[2J' is not a valid store path: name 'name\\x1b[2J' contains illegal character '\\x1b'"),
            ])
        {
            byte[] nario = NarioBuilder.Nario1(NarioBuilder.Entry1(NarioBuilder.GoodNar, baseName));
            yield return new ChecklistCase(id, title, nario)
                .RefusedBy(NarioBuilder.OfEntry(NarioBuilder.In(PathStart, PathField, error)));
        }

        // A list takes the store directory from the first path.
        static string OfList(string error) => NarioBuilder.In(PathStart, PathField, error);
        string dot = NarioBuilder.OfPath(OfList("path '/nix/./store' is not in canonical form"));
        string dots = NarioBuilder.OfPath(OfList("path '/nix/../nix/store' is not in canonical form"));
        string itself = NarioBuilder.OfEntry(OfList("'store' is too short to be a valid store path"));
        foreach ((string id, string title, string fullPath, string? list) in ((string, string, string, string?)[])
            [
                ("V09", "a dot above the store", $"/nix/./store/{Path}", dot),
                ("V09", "dots above the store", $"/nix/../nix/store/{Path}", dots),
                ("V10", "another store", $"/gnu/store/{Path}", null),
                ("V10", "a path that begins like the store", $"/nix/storehouse/{Path}", null),
                ("V10", "the store itself", "/nix/store", itself),
            ])
        {
            yield return Elsewhere(id, title, fullPath) with { Plain = list, Tree = list, Json = list };
        }

        yield return Elsewhere("V10", "a relative path", Path);

        yield return Framed(
            "V10",
            "an empty path",
            Begin().Text("").List([]).Text("").Number(0).Number(0),
            NarioBuilder.Wrong("1 to 4096", "0", PathStart, $"{PathField}/length"),
            null);
        yield return new ChecklistCase(
            "V12", "a name of 211 bytes", NarioBuilder.Nario1(NarioBuilder.Entry1(NarioBuilder.GoodNar, LongPath(211))))
        {
            Registered = [LongPath(211)],
        };
        foreach (ulong length in (ulong[])[4097, 1UL << 31, 1UL << 62, 1UL << 63, ulong.MaxValue - 7, ulong.MaxValue])
        {
            string number = length.ToString(CultureInfo.InvariantCulture);
            yield return Framed(
                "V15",
                $"a path of length {number}",
                Begin().Number(length),
                NarioBuilder.Wrong("1 to 4096", number, PathStart, $"{PathField}/length"),
                null);
            yield return Framed(
                "V15",
                $"a reference of length {number}",
                Begin().Text(FullPath).Number(1).Number(length),
                NarioBuilder.Wrong("1 to 4096", number, FirstReference, $"{ReferenceField}/length"),
                Path);
            yield return Framed(
                "V15",
                $"a deriver of length {number}",
                Begin().Text(FullPath).Number(0).Number(length),
                NarioBuilder.Wrong("0 to 4096", number, FirstReference, "nario_v1/path_info/deriver/length"),
                Path);
        }

        const string Padded = FullPath + "x";
        Wire padded = Begin();
        long padding = padded.Position + sizeof(ulong) + Padded.Length;
        byte[] odd = padded.Text(Padded).List([]).Text("").Number(0).Number(0).ToArray();
        odd[padding] = 9;
        yield return Framed(
            "N07",
            "padding of a store path that is not zero",
            new Wire().Raw(odd),
            NarioBuilder.Wrong("padding with bytes of value 0", "a byte of value 9", padding, $"{PathField}/padding"),
            null);
    }

    private static IEnumerable<ChecklistCase> References()
    {
        foreach (ulong count in (ulong[])[1_000_001, 1UL << 32, 1UL << 62, ulong.MaxValue])
        {
            string number = count.ToString(CultureInfo.InvariantCulture);
            yield return Framed(
                "V14",
                $"{number} references",
                Begin().Text(FullPath).Number(count),
                NarioBuilder.Wrong(
                    "at most 1000000", number, FirstReference - sizeof(ulong), ReferencesCount),
                Path);
        }

        yield return Framed(
            "V14",
            "a million references that are not there",
            Begin().Text(FullPath).Number(1_000_000),
            NarioBuilder.Truncated(FirstReference, ReferenceField),
            Path);

        byte[] other = NarioBuilder.Entry1(NarioBuilder.OtherNar, Other);
        byte[] referring = Referring(Path, Other, Other, Path);
        yield return new ChecklistCase("V16", "references unsorted and twice", NarioBuilder.Nario1(other, referring))
        {
            Registered = [Other, Path],
        };
        yield return new ChecklistCase("V17", "a reference to itself", NarioBuilder.Nario1(Referring(Path)))
        {
            Registered = [Path],
        };

        string missing = NarioBuilder.In(
            FirstReference,
            ReferenceField,
            NarioBuilder.Refers(Path, Other)) + NarioBuilder.ExportAll;
        yield return new ChecklistCase("V18", "a reference that is missing", NarioBuilder.Nario1(Referring(Other)))
            .RefusedByImport(missing);
        yield return new ChecklistCase("V18", "a reference that comes later", NarioBuilder.Nario1(Referring(Other), other))
        {
            RegisteredAgain = [Other],
        }.RefusedByImport(missing);
        string malformed = NarioBuilder.OfPath(NarioBuilder.In(
            FirstReference + NarioBuilder.Size(FullPath),
            ReferenceField,
            "'x' is too short to be a valid store path"));
        yield return new ChecklistCase("V13", "a reference that is no store path", NarioBuilder.Nario1(Referring(Path, "x")))
            .RefusedBy(malformed);
    }

    private static IEnumerable<ChecklistCase> Repetitions()
    {
        yield return new ChecklistCase("V19", "a path twice the same, not in the store", NarioBuilder.Nario1(Other1(), Other1()))
        {
            Registered = [Other],
        };

        byte[] changed = NarioBuilder.Entry1(NarioBuilder.OtherNar, Other);
        byte[] first = NarioBuilder.Entry1(NarioBuilder.GoodNar, Other);
        long secondNar = first.Length + NarioBuilder.NarStart1;
        string path = $"'{NarioBuilder.StorePrefix}{Other}'";
        yield return new ChecklistCase("V19", "a path twice with other contents", NarioBuilder.Nario1(first, changed))
        {
            Import = NarioBuilder.In(
                secondNar,
                "nario_v1/entry_body/nar",
                $"the nario holds path {path} twice, and the second time with other contents than are registered"),
            Again = NarioBuilder.In(
                secondNar,
                "nario_v1/entry_body/nar",
                $"the nario holds path {path} twice, and the second time with other contents than are registered"),
            Json = NarioBuilder.In(
                secondNar + NarioBuilder.OtherNar.Length + Nixe.Length,
                PathField,
                $"the nario holds path {path} twice and says different things of it"),
            Registered = [Other],
        };

        byte[] derived = NarioBuilder.Entry1(
            NarioBuilder.GoodNar, new NarioPathInfo { Path = Other, Deriver = $"{Path}.drv" });
        yield return new ChecklistCase("V19", "a path twice with another deriver", NarioBuilder.Nario1(first, derived))
        {
            Registered = [Other],
        }.RefusedBy(NarioBuilder.In(
            secondNar + NarioBuilder.GoodNar.Length + Nixe.Length,
            PathField,
            $"the nario holds path {path} twice and says different things of it"));

        static byte[] Other1() => NarioBuilder.Entry1(NarioBuilder.OtherNar, Other);
    }

    private static IEnumerable<ChecklistCase> Derivers()
    {
        yield return new ChecklistCase(
            "V20",
            "a deriver that is no derivation",
            NarioBuilder.Nario1(NarioBuilder.Entry1(NarioBuilder.GoodNar, new NarioPathInfo { Path = Path, Deriver = Other })))
        {
            Registered = [Path],
        };
        long deriver = FirstReference;
        yield return Framed(
            "V20",
            "a deriver that is not known",
            Begin().Text(FullPath).List([]).Text("unknown-deriver").Number(0).Number(0),
            NarioBuilder.Wrong("a path in /nix/store", "\"unknown-deriver\"", deriver, "nario_v1/path_info/deriver"),
            Path);

        string drv = $"{Path}.drv";
        string parsing = $"error parsing derivation '{NarioBuilder.StorePrefix}{drv}': error: ";
        foreach ((string title, byte[] nar, string error) in ((string, byte[], string)[])
            [
                ("a derivation that is none", NarioBuilder.GoodNar, $"{parsing}expected string 'D'"),
                ("a derivation that is a link", Wire.Nar(new LinkNode("/etc/passwd"u8.ToArray())), $"{parsing}it is not a file"),
                ("a derivation that is a directory", Wire.Nar(new DirectoryNode([])), $"{parsing}it is not a file"),
                (
                    "a derivation that is a directory with a file where that of a derivation is restored",
                    Wire.Nar(new DirectoryNode([new("root"u8.ToArray(), new FileNode("Derive("u8.ToArray()))])),
                    $"{parsing}it is not a file"),
            ])
        {
            string line = NarioBuilder.In(NarioBuilder.NarStart1, "nario_v1/entry_body/nar", error);
            yield return new ChecklistCase("V21", title, NarioBuilder.Nario1(NarioBuilder.Entry1(nar, drv)))
            {
                Import = line,
                Again = line,
            };
        }
    }

    /// <summary>Makes a nario that the reader of the framing refuses.</summary>
    /// <param name="id">Its number in the checklist.</param>
    /// <param name="title">What is wrong.</param>
    /// <param name="nario">Its bytes.</param>
    /// <param name="error">What the reader says.</param>
    /// <param name="path">The path that is known by then, or null.</param>
    private static ChecklistCase Framed(string id, string title, Wire nario, string error, string? path) =>
        new ChecklistCase(id, $"{title}, version 1", nario.ToArray()) { Framing = error }
            .RefusedBy(path is null ? NarioBuilder.OfEntry(error) : NarioBuilder.OfPath(error, path));

    private static Wire Begin() => new Wire().Number(1).Raw(NarioBuilder.GoodNar).Raw(Nixe);

    private static byte[] Referring(params string[] references) =>
        NarioBuilder.Entry1(NarioBuilder.GoodNar, new NarioPathInfo { Path = Path, References = references });

    private static string LongPath(int length) => $"{Path[..32]}-{new string('n', length)}";

    /// <summary>Makes a case whose path is not in the store of the import.</summary>
    private static ChecklistCase Elsewhere(string id, string title, string fullPath)
    {
        string found = NarioBuilder.Quote(System.Text.Encoding.ASCII.GetBytes(fullPath));
        Wire wire = Begin().Text(fullPath).List([]).Text("").Number(0).Number(0);
        return Framed(id, title, wire, NarioBuilder.Wrong("a path in /nix/store", found, PathStart, PathField), null);
    }
}
