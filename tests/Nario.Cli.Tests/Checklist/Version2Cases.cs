using System.Globalization;
using System.Text;
using Nario.Codec;
using Nario.Codec.Tests.Trees;
using Nario.Store.Hashes;

namespace Nario.Cli.Tests.Checklist;

/// <summary>W: what stands around the NARs of version 2.</summary>
public sealed class Version2Cases(ChecklistStores stores) : IClassFixture<ChecklistStores>
{
    private const string Path = NarioBuilder.Path;

    private const string Other = NarioBuilder.OtherPath;

    private const string FullPath = NarioBuilder.StorePrefix + Path;

    private const string FullOther = NarioBuilder.StorePrefix + Other;

    private const string Fields = "nario_v2/path_info/";

    private const string Tag = "nario_v2/entry/tag";

    private const string NarField = "nario_v2/entry_body/nar";

    private const string StatedEnd = "the end of the stated size";

    /// <summary>64 bytes in base 64.</summary>
    private const string SignatureDigits =
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";

    private static readonly byte[] Nar = NarioBuilder.GoodNar;

    private static readonly NarioPathInfo Info = NarioBuilder.Info2(Nar);

    private static readonly byte[] Good = NarioBuilder.Nario2(NarioBuilder.Entry2(Nar));

    public static TheoryData<string> Names => [.. Cases.Select(static item => item.Name)];

    private static IReadOnlyList<ChecklistCase> Cases { get; } =
    [
        .. Magics(), .. Names2(), .. Sizes(), .. Hashes(), .. Numbers(), .. Signatures(), .. Addresses(), .. Tags(),
        .. References(),
    ];

    private static long InfoStart => 2 * sizeof(ulong);

    private static long DeriverStart => InfoStart + NarioBuilder.Size(Path);

    private static long HashStart => DeriverStart + sizeof(ulong);

    private static long FirstReference => HashStart + NarioBuilder.Size(Info.NarHash!) + sizeof(ulong);

    private static long NarStart => NarioBuilder.NarStart2(Info);

    /// <summary>Gets where the first signature of an entry without references begins.</summary>
    private static long FirstSignature => NarStart - sizeof(ulong);

    [Theory]
    [MemberData(nameof(Names))]
    public void Verdict(string name) => stores.Check(Cases.Single(item => item.Name == name));

    private static IEnumerable<ChecklistCase> Magics()
    {
        const string NoNario = "input doesn't look like a nario";
        foreach (string magic in (string[])["NARIO3\0\0", "NARIO\0\0\0", "nario2\0\0", "NARIO2\0\x01", "PK\x03\x04\x14\0\0\0", Path])
        {
            string shown = magic.Replace("\0", "NUL", StringComparison.Ordinal).Replace("\x01", "1", StringComparison.Ordinal);
            byte[] bytes = [.. Encoding.Latin1.GetBytes(magic), .. Good[8..]];
            bool isZip = !char.IsLetterOrDigit(shown[2]);
            string error = isZip ? $"{NoNario}: it looks like a zip archive" : NoNario;
            yield return new ChecklistCase("W01", $"magic {(isZip ? "PK" : shown)}", bytes) { Framing = error }
                .RefusedBy(error);
        }

        string end = NarioBuilder.Truncated(sizeof(ulong), Tag);
        yield return new ChecklistCase("W01", "the magic only", Good[..8]) { Framing = end }
            .RefusedBy(NarioBuilder.OfEntry(end));
        yield return new ChecklistCase("W01", "magic and end marker", NarioBuilder.Nario2()) { IsEmpty = true };
        yield return new ChecklistCase("V05", "bytes after the end of version 2", [.. Good, 1])
        {
            RestLength = 1,
            Registered = [Path],
        };
    }

    private static IEnumerable<ChecklistCase> Names2()
    {
        foreach ((string title, string name, string error) in ((string, string, string)[])
            [
                ("a full path as the path", FullPath, $"store path '{FullPath}' contains illegal base-32 character '/'"),
                ("a path below as the path", $"{Path}/x",
                    $"path '{Path}/x' is not a valid store path: name 'name/x' contains illegal character '/'"),
                ("a path that climbs", $"../../../../../../{Path}",
                    $"store path '../../../../../../{Path}' contains illegal base-32 character '.'"),
                ("a name that is a dot", $"{Path[..32]}-.", $"path '{Path[..32]}-.' is not a valid store path: name '.' is not valid"),
                ("no dash after the hash part", $"{Path[..32]}_name",
                    $"path '{Path[..32]}_name' is not a valid store path: can't name a store path because the hash part is not followed by a '-'"),
                ("a name with a zero byte", $"{Path}\0",
                    $"path '{Path}\\x00' is not a valid store path: name 'name\\x00' contains illegal character '\\x00'"),
            ])
        {
            yield return Said("W02", title, Info with { Path = name })
                .RefusedBy(NarioBuilder.OfEntry(NarioBuilder.In(InfoStart, Fields + "path", error)));
        }

        foreach (int length in (int[])[0, 33, 245, 4096])
        {
            string number = length.ToString(CultureInfo.InvariantCulture);
            yield return Framed(
                "W02",
                $"a path of {number} bytes",
                Begin().Text(new string('a', length)),
                NarioBuilder.Wrong("34 to 244", number, InfoStart, Fields + "path/length"),
                null);
        }

        yield return Said("W02", "a full path as a reference", Info with { References = [FullOther] }).RefusedBy(
            Told("references/items", FirstReference, $"store path '{FullOther}' contains illegal base-32 character '/'"));
        yield return Said("W02", "a full path as the second reference", Info with { References = [Path, FullOther] })
            .RefusedBy(Told(
                "references/items",
                FirstReference + NarioBuilder.Size(Path),
                $"store path '{FullOther}' contains illegal base-32 character '/'"));
        yield return Said("W02", "a full path as the deriver", Info with { Deriver = FullOther }).RefusedBy(
            Told("deriver", DeriverStart, $"store path '{FullOther}' contains illegal base-32 character '/'"));
        yield return Said("W02", "a deriver that is too short", Info with { Deriver = "zz" }).RefusedBy(
            Told("deriver", DeriverStart, "'zz' is too short to be a valid store path"));
    }

    private static IEnumerable<ChecklistCase> Sizes()
    {
        NarioPathInfo small = Info with { NarSize = Info.NarSize - 8 };
        byte[] tooSmall = NarioBuilder.Nario2(NarioBuilder.Entry2(Nar, small));
        long end = NarStart + Nar.Length;
        string missing = NarioBuilder.Wrong("more bytes", StatedEnd, end - 16, "nar/regular/close");
        yield return new ChecklistCase("W03", "a size that is too small", tooSmall)
        {
            Framing = missing,
            Plain = NarioBuilder.OfEntry(NarioBuilder.Wrong("0 (end) or 1 (path)", "41", end - 8, Tag), 2),
            Tree = NarioBuilder.OfPath(missing),
            Import = NarioBuilder.OfPath(missing),
            Again = NarioBuilder.OfEntry(NarioBuilder.Wrong("0 (end) or 1 (path)", "41", end - 8, Tag), 2),
        };

        string nothing = NarioBuilder.Wrong("more bytes", StatedEnd, NarStart, "nar/magic");
        yield return new ChecklistCase(
            "W03", "a size of nothing", NarioBuilder.Nario2(NarioBuilder.Entry2(Nar, Info with { NarSize = 0 })))
        {
            Framing = nothing,
            Plain = NarioBuilder.OfEntry(NarioBuilder.Wrong("0 (end) or 1 (path)", "13", NarStart, Tag), 2),
            Tree = NarioBuilder.OfPath(nothing),
            Import = NarioBuilder.OfPath(nothing),
            Again = NarioBuilder.OfEntry(NarioBuilder.Wrong("0 (end) or 1 (path)", "13", NarStart, Tag), 2),
        };

        NarioPathInfo large = Info with { NarSize = Info.NarSize + 8 };
        string notFilled = NarioBuilder.NotFilled(large, Nar);
        yield return new ChecklistCase("W03", "a size that is too large", NarioBuilder.Nario2(NarioBuilder.Entry2(Nar, large)))
        {
            Framing = notFilled,
            Plain = NarioBuilder.OfEntry(NarioBuilder.Truncated(end + 8, Tag), 2),
            Tree = NarioBuilder.OfPath(notFilled),
            Import = NarioBuilder.SizeMismatch(large, Nar),
            Again = NarioBuilder.OfEntry(NarioBuilder.Truncated(end + 8, Tag), 2),
        };

        foreach (ulong size in (ulong[])[1UL << 32, 1UL << 62])
        {
            NarioPathInfo huge = Info with { NarSize = size };
            string unfilled = NarioBuilder.NotFilled(huge, Nar);
            byte[] nario = NarioBuilder.Nario2(NarioBuilder.Entry2(Nar, huge));
            yield return new ChecklistCase("W03", $"a size of {size}", nario)
            {
                Framing = unfilled,
                Plain = NarioBuilder.OfPath(NarioBuilder.Truncated(nario.Length, NarField)),
                Tree = NarioBuilder.OfPath(unfilled),
                Import = NarioBuilder.SizeMismatch(huge, Nar),
                Again = NarioBuilder.OfPath(NarioBuilder.Truncated(nario.Length, NarField)),
            };
        }

        foreach (ulong size in (ulong[])[(1UL << 63) - 1, 1UL << 63, ulong.MaxValue - 7, ulong.MaxValue])
        {
            string error = NarioBuilder.Wrong(
                string.Create(CultureInfo.InvariantCulture, $"at most {long.MaxValue - NarStart} bytes"),
                size.ToString(CultureInfo.InvariantCulture),
                NarStart,
                NarField);
            yield return new ChecklistCase(
                "W03", $"a size of {size}", NarioBuilder.Nario2(NarioBuilder.Entry2(Nar, Info with { NarSize = size })))
            {
                Framing = error,
            }.RefusedBy(NarioBuilder.OfPath(error));
        }

        string cut = NarioBuilder.Truncated(Good.Length - 8, Tag);
        yield return new ChecklistCase("V04", "no end marker in version 2", Good[..^8]) { Framing = cut, Registered = [Path] }
            .RefusedBy(NarioBuilder.OfEntry(cut, 2));
    }

    private static IEnumerable<ChecklistCase> Hashes()
    {
        NixHash hash = NixHash.ParseAny(Info.NarHash!, HashAlgorithmKind.Sha256);
        foreach (string spelling in (string[])
            [
                hash.ToNix32(), hash.ToString(), hash.ToSri(), $"sha256:{Info.NarHash}", Info.NarHash!.ToUpperInvariant(),
                Convert.ToBase64String(hash.Bytes),
            ])
        {
            yield return Said("W04", $"hash {spelling}", Info with { NarHash = spelling }) with { Registered = [Path] };
        }

        NixHash zeros = new(HashAlgorithmKind.Sha256, new byte[32]);
        yield return Said("W04", "another hash", Info with { NarHash = zeros.ToBase16() }).RefusedByImport(
            NarioBuilder.In(
                HashStart,
                Fields + "nar_hash",
                $"hash mismatch importing path '{FullPath}'; specified: {zeros}; got: {hash}"));
        string sha1 = $"sha1:{new string('0', 40)}";
        yield return Said("W04", "a SHA-1", Info with { NarHash = sha1 }).RefusedBy(
            Told("nar_hash", HashStart, $"hash '{sha1}' should have type 'sha256'"));
        string sha512 = $"sha512:{new string('0', 52)}";
        yield return Said("W04", "a SHA-512", Info with { NarHash = sha512 }).RefusedBy(
            Told("nar_hash", HashStart, $"hash '{sha512}' should have type 'sha256'"));
        string unknown = $"sha3:{new string('0', 52)}";
        yield return Said("W04", "an unknown hash", Info with { NarHash = unknown }).RefusedBy(
            Told("nar_hash", HashStart, "unknown hash algorithm 'sha3', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'"));
        string odd = new('0', 63);
        yield return Said("W04", "a hash of 63 digits", Info with { NarHash = odd }).RefusedBy(
            Told("nar_hash", HashStart, $"hash '{odd}' has wrong length for hash algorithm 'sha256'"));
        string letters = new('g', 64);
        yield return Said("W04", "a hash of other letters", Info with { NarHash = letters }).RefusedBy(
            Told("nar_hash", HashStart, $"invalid base-16 hash '{letters}'"));
        foreach (int length in (int[])[0, 43, 72, 4096])
        {
            string number = length.ToString(CultureInfo.InvariantCulture);
            yield return Framed(
                "W04",
                $"a hash of {number} bytes",
                Begin().Text(Path, "", new string('0', length)),
                NarioBuilder.Wrong("44 to 71", number, HashStart, Fields + "nar_hash/length"),
                Path);
        }
    }

    private static IEnumerable<ChecklistCase> Numbers()
    {
        yield return Said("W05", "built by the other store", Info with { IsUltimate = true }) with { Registered = [Path] };
        foreach (ulong value in (ulong[])[2, 1UL << 32, ulong.MaxValue])
        {
            string number = value.ToString(CultureInfo.InvariantCulture);
            yield return Framed(
                "W05",
                $"ultimate {number}",
                Begin().Text(Path, "", Info.NarHash!).Number(0).Number(0).Number(Info.NarSize!.Value).Number(value),
                NarioBuilder.Wrong("0 or 1", number, FirstReference + 16, Fields + "ultimate"),
                Path);
        }

        yield return Said("W06", "the latest time", Info with { RegistrationTime = long.MaxValue }) with { Registered = [Path] };
        foreach (ulong value in (ulong[])[1UL << 63, ulong.MaxValue])
        {
            string number = value.ToString(CultureInfo.InvariantCulture);
            yield return Framed(
                "W06",
                $"time {number}",
                Begin().Text(Path, "", Info.NarHash!).Number(0).Number(value),
                NarioBuilder.Wrong("at most 9223372036854775807", number, FirstReference, Fields + "registration_time"),
                Path);
        }
    }

    private static IEnumerable<ChecklistCase> Signatures()
    {
        foreach ((string title, string signature, string fault) in ((string, string, string)[])
            [
                ("no colon", "no colon here", "there is no colon after the name of the key"),
                ("no text", "", "there is no colon after the name of the key"),
                ("no key", $":{SignatureDigits}", "the name of the key is empty"),
                ("white space in the key", $"a b:{SignatureDigits}", "the name of the key contains white space or a control character"),
                ("no digits", "key:", "what follows the name of the key is not base 64"),
                ("other characters", "key:***", "what follows the name of the key is not base 64"),
                ("half a byte", $"key:{SignatureDigits[..85]}", "what follows the name of the key is not base 64"),
                ("bits beyond the last byte", $"key:{SignatureDigits[..85]}B==", "what follows the name of the key is not base 64"),
            ])
        {
            yield return Said("W07", $"a signature with {title}", Info with { Signatures = [signature] }).RefusedBy(
                Told("signatures/items", FirstSignature, $"signature '{signature}' is malformed: {fault}"));
        }

        string good = $"key:{SignatureDigits}";
        yield return Said("W07", "a malformed signature after a good one", Info with { Signatures = [good, "key"] }).RefusedBy(
            Told(
                "signatures/items",
                FirstSignature + NarioBuilder.Size(good),
                "signature 'key' is malformed: there is no colon after the name of the key"));
        yield return Said("W07", "signatures unsorted and twice", Info with { Signatures = [$"z:{SignatureDigits}", good, good] }) with
        {
            Registered = [Path],
        };
        foreach (string other in (string[])[SignatureDigits[..84], $"{SignatureDigits[..^2]}A=", new string('A', 49_144)])
        {
            yield return Said("W07", $"a signature of {other.Length} digits", Info with { Signatures = [$"key:{other}"] }) with
            {
                Registered = [Path],
            };
        }

        foreach (ulong count in (ulong[])[1_001, 1_000_000, 1UL << 60, ulong.MaxValue])
        {
            string number = count.ToString(CultureInfo.InvariantCulture);
            yield return Framed(
                "W07",
                $"{number} signatures",
                BeginSignatures().Number(count),
                NarioBuilder.Wrong("at most 1000", number, FirstSignature - 8, Fields + "signatures/count"),
                Path);
        }

        yield return Framed(
            "W07",
            "a signature of 49153 bytes",
            BeginSignatures().Number(1).Text(new string('s', 49_153)),
            NarioBuilder.Wrong("0 to 49152", "49153", FirstSignature, Fields + "signatures/items/length"),
            Path);
    }

    private static IEnumerable<ChecklistCase> Addresses()
    {
        long address = NarStart - sizeof(ulong);
        string digits = new('0', 52);
        foreach ((string title, string text, string error) in ((string, string, string)[])
            [
                ("no colon", "fixed", "not a content address because it is not in the form '<prefix>:<rest>': fixed"),
                ("another prefix", $"other:sha256:{digits}",
                    $"content address 'other:sha256:{digits}' has a prefix other than 'text' and 'fixed'"),
                ("a long hash", $"fixed:git:sha1:{digits}", $"hash '{digits}' has wrong length for hash algorithm 'sha1'"),
                ("no hash", "fixed:r:", "content address hash must be in form '<algo>:<hash>', but found: fixed:r:"),
                ("a short hash", "fixed:r:sha256:000", "hash '000' has wrong length for hash algorithm 'sha256'"),
                ("another algorithm", "text:x:000", "unknown hash algorithm 'x', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'"),
            ])
        {
            yield return Said("W08", $"a content address with {title}", Info with { ContentAddress = text }).RefusedBy(
                Told("ca", address, error));
        }

        string claim = NarioBuilder.In(
            address,
            Fields + "ca",
            $"cannot add path '{FullPath}' to the Nix store because it claims to be content-addressed but isn't");
        foreach (string text in (string[])
            [
                $"fixed:r:sha256:{digits}", $"fixed:sha256:{digits}", $"fixed:r:blake3:{digits}", $"fixed:git:sha256:{digits}",
                $"text:sha256:{digits}", $"text:sha1:{new string('0', 32)}",
            ])
        {
            yield return Said("W08", $"content address {text} of another path", Info with { ContentAddress = text })
                .RefusedByImport(claim);
        }

        // The path follows from the address, and the contents do not have it.
        ContentAddress flat = new(ContentAddressMethod.Flat, new NixHash(HashAlgorithmKind.Sha256, new byte[32]));
        string flatPath = flat.ComputePath(Nario.Store.Paths.StoreDirectory.Default, "flat", []).BaseName;
        NarioPathInfo flatInfo = Info with { Path = flatPath, ContentAddress = flat.ToString() };
        string got = new NixHash(
            HashAlgorithmKind.Sha256, System.Security.Cryptography.SHA256.HashData("contents"u8)).ToString();
        string mismatch = NarioBuilder.In(
            NarioBuilder.NarStart2(flatInfo) - NarioBuilder.Size(flatInfo.ContentAddress!),
            Fields + "ca",
            $"ca hash mismatch importing path '{NarioBuilder.StorePrefix}{flatPath}'; specified: {flat.Hash}; got: {got}");
        yield return Said("W08", "a content address that the contents do not have", flatInfo) with
        {
            Import = mismatch,
            Again = mismatch,
        };

        NarioPathInfo referring = flatInfo with { References = [flatPath] };
        string refused = NarioBuilder.In(
            NarioBuilder.NarStart2(referring) - NarioBuilder.Size(flatInfo.ContentAddress!),
            Fields + "ca",
            $"cannot add path '{NarioBuilder.StorePrefix}{flatPath}' to the Nix store because it claims to be content-addressed but isn't");
        yield return Said("W08", "a flat content address with references", referring) with
        {
            Import = refused,
            Again = refused,
        };
    }

    private static IEnumerable<ChecklistCase> Tags()
    {
        foreach ((ulong tag, string name) in ((ulong, string)[])[(2, "diff"), (3, "present"), (4, "compressed")])
        {
            string first = $"unsupported nario extension {tag} ({name}) (offset 8, {Tag})";
            yield return Framed("W09", $"extension {tag} first", Begin(tag).Number(ulong.MaxValue), first, null);
            string second = $"unsupported nario extension {tag} ({name}) (offset {Good.Length - 8}, {Tag})";
            yield return new ChecklistCase("W09", $"extension {tag} second", new Wire().Raw(Good.AsSpan(0, Good.Length - 8)).Number(tag).ToArray())
            {
                Framing = second,
                Registered = [Path],
            }.RefusedBy(NarioBuilder.OfEntry(second, 2));
        }

        foreach (ulong tag in (ulong[])[5, 255, 1UL << 63])
        {
            string number = tag.ToString(CultureInfo.InvariantCulture);
            yield return Framed(
                "W09", $"tag {number}", Begin(tag), NarioBuilder.Wrong("0 (end) or 1 (path)", number, 8, Tag), null);
        }

        // What would unpack to more than any disk holds is not even looked at.
        yield return Framed(
            "W11",
            "a compressed NAR of 2^62 bytes",
            Begin(4).Text(Path, "", Info.NarHash!).Number(0).Number(0).Number(1UL << 62).Number(0).Number(0).Text("").Raw(new byte[4096]),
            $"unsupported nario extension 4 (compressed) (offset 8, {Tag})",
            null);

        byte[] damaged = [.. Good];
        damaged[NarStart + 8] ^= 0x20;
        string error = NarioBuilder.Wrong(
            NarioBuilder.Quote(Nar.AsSpan(0, 24)), NarioBuilder.Quote(damaged.AsSpan((int)NarStart, 9)), NarStart, "nar/magic");
        yield return new ChecklistCase("W10", "a NAR that only a plain list passes over", damaged) { Framing = error }
            .RefusedByReaders(NarioBuilder.OfPath(error));
    }

    private static IEnumerable<ChecklistCase> References()
    {
        foreach (ulong count in (ulong[])[1_000_001, 1UL << 32, 1UL << 62, ulong.MaxValue])
        {
            string number = count.ToString(CultureInfo.InvariantCulture);
            yield return Framed(
                "V14",
                $"{number} references in version 2",
                Begin().Text(Path, "", Info.NarHash!).Number(count),
                NarioBuilder.Wrong("at most 1000000", number, FirstReference - 8, Fields + "references/count"),
                Path);
        }

        byte[] other = NarioBuilder.Entry2(NarioBuilder.OtherNar, Other);
        byte[] referring = NarioBuilder.Entry2(Nar, Info with { References = [Other, Path, Other] });
        yield return new ChecklistCase("V16", "references unsorted and twice in version 2", NarioBuilder.Nario2(other, referring))
        {
            Registered = [Other, Path],
        };
        string missing = NarioBuilder.In(
            FirstReference, Fields + "references/items", NarioBuilder.Refers(Path, Other)) + NarioBuilder.ExportAll;
        yield return new ChecklistCase("V18", "a reference that comes later in version 2", NarioBuilder.Nario2(referring, other))
        {
            RegisteredAgain = [Other],
        }.RefusedByImport(missing);

        byte[] first = NarioBuilder.Entry2(NarioBuilder.OtherNar, Other);
        yield return new ChecklistCase("V19", "a path twice the same in version 2", NarioBuilder.Nario2(first, first))
        {
            Registered = [Other],
        };

        // The same is said of both, and the second one lies.
        NarioPathInfo said = NarioBuilder.Info2(NarioBuilder.OtherNar, Other);
        string mismatch = NarioBuilder.In(
            HashStart + first.Length,
            Fields + "nar_hash",
            $"hash mismatch importing path '{NarioBuilder.StorePrefix}{Other}'; "
                + $"specified: {Hash(NarioBuilder.OtherNar)}; got: {Hash(Nar)}");
        yield return new ChecklistCase(
            "V19", "a path twice with other contents in version 2", NarioBuilder.Nario2(first, NarioBuilder.Entry2(Nar, said)))
        {
            Import = mismatch,
            Again = mismatch,
            Registered = [Other],
        };
        yield return new ChecklistCase(
            "V19",
            "a path twice with another time in version 2",
            NarioBuilder.Nario2(first, NarioBuilder.Entry2(NarioBuilder.OtherNar, said with { RegistrationTime = 7 })))
        {
            Registered = [Other],
        }.RefusedBy(NarioBuilder.In(
            InfoStart + first.Length,
            Fields + "path",
            $"the nario holds path '{NarioBuilder.StorePrefix}{Other}' twice and says different things of it"));

        string drv = $"{Path}.drv";
        NarioPathInfo derivation = NarioBuilder.Info2(Nar, drv);
        string parsing = NarioBuilder.In(
            NarioBuilder.NarStart2(derivation),
            NarField,
            $"error parsing derivation '{NarioBuilder.StorePrefix}{drv}': error: expected string 'D'");
        yield return new ChecklistCase(
            "V21", "a derivation that is none in version 2", NarioBuilder.Nario2(NarioBuilder.Entry2(Nar, derivation)))
        {
            Import = parsing,
            Again = parsing,
        };

        static NixHash Hash(byte[] nar) =>
            new(HashAlgorithmKind.Sha256, System.Security.Cryptography.SHA256.HashData(nar));
    }

    private static ChecklistCase Said(string id, string title, NarioPathInfo info) =>
        new(id, title, NarioBuilder.Nario2(NarioBuilder.Entry2(Nar, info)));

    /// <summary>Gets the line of a fault of a field of the path.</summary>
    private static string Told(string field, long offset, string message) =>
        NarioBuilder.OfPath(NarioBuilder.In(offset, Fields + field, message));

    /// <summary>Makes a nario that the reader of the framing refuses.</summary>
    private static ChecklistCase Framed(string id, string title, Wire nario, string error, string? path) =>
        new ChecklistCase(id, title, nario.ToArray()) { Framing = error }
            .RefusedBy(path is null ? NarioBuilder.OfEntry(error) : NarioBuilder.OfPath(error, path));

    private static Wire Begin(ulong tag = 1) => new Wire().Raw("NARIO2\0\0"u8).Number(tag);

    private static Wire BeginSignatures() =>
        Begin().Text(Path, "", Info.NarHash!).Number(0).Number(0).Number(Info.NarSize!.Value).Number(0);
}
