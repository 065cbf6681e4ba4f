using System.Buffers.Binary;
using System.Text.Json;
using Nario.Store;
using Nario.Store.Hashes;
using Nario.Store.Paths;
using Nario.Store.Signatures;

namespace Nario.Testing;

/// <summary>A nario of version 2 that a real <c>nix nario</c> wrote, with what that program lists of it.</summary>
public static class GoldenNario
{
    /// <summary>What every NAR starts with: the length of its magic, the magic, padding.</summary>
    private static ReadOnlySpan<byte> NarStart => "\x0d\0\0\0\0\0\0\0nix-archive-1\0\0\0"u8;

    /// <summary>Gets the cases whose listing could be made.</summary>
    public static IReadOnlyList<string> Cases { get; } =
    [
        "01-empty", "02-file-flat", "03-file-nar", "04-executable", "07-tree", "08-nonutf8", "09-closure",
        "10-closure-drv", "11-noclosure", "13-ca-other-algos", "14-ca-selfref", "15-signed1", "17-signed-notultimate",
        "23-sig-order",
    ];

    /// <summary>Reads the path infos from the listing of a case, in the listing's order.</summary>
    public static IReadOnlyList<ValidPathInfo> ReadInfos(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(TestFiles.Golden($"{name}.v2.list.json")));
        return [.. document.RootElement.GetProperty("paths").EnumerateObject().Select(path => ReadInfo(path))];
    }

    /// <summary>Gets the NARs of a case, found by what they start with and the sizes of the listing.</summary>
    public static IReadOnlyList<(ValidPathInfo Info, byte[] Nar)> ReadNars(string name)
    {
        byte[] file = File.ReadAllBytes(TestFiles.Golden($"{name}.v2.nario"));
        Dictionary<NixHash, ValidPathInfo> infos = ReadInfos(name).ToDictionary(info => info.NarHash);
        List<(ValidPathInfo, byte[])> nars = [];
        for (int start = 0; start < file.Length; start += 8)
        {
            if (!file.AsSpan(start).StartsWith(NarStart))
            {
                continue;
            }

            foreach (ValidPathInfo info in infos.Values)
            {
                int end = start + (int)info.NarSize;
                if (end <= file.Length
                    && info.NarHash == TestHash.Sha256(file.AsSpan(start..end)))
                {
                    nars.Add((info, file[start..end]));
                }
            }
        }

        Assert.Equal(infos.Count, nars.Count);
        return nars;
    }

    /// <summary>Gets the contents of a NAR that is one regular file, not executable.</summary>
    public static byte[] ReadSingleFile(byte[] nar)
    {
        byte[] mark = "\x08\0\0\0\0\0\0\0contents"u8.ToArray();
        int lengthOffset = nar.AsSpan().IndexOf(mark) + mark.Length;
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(nar.AsSpan(lengthOffset));
        return nar.AsSpan(lengthOffset + sizeof(ulong), length).ToArray();
    }

    private static ValidPathInfo ReadInfo(JsonProperty path)
    {
        JsonElement info = path.Value;
        return new ValidPathInfo
        {
            Path = StoreDirectory.Default.ParsePath(path.Name),
            NarHash = NixHash.ParseAny(info.GetProperty("narHash").GetString()!, HashAlgorithmKind.Sha256),
            NarSize = info.GetProperty("narSize").GetUInt64(),
            References = [.. Strings(info, "references").Select(StoreDirectory.Default.ParsePath)],
            Deriver = info.GetProperty("deriver").GetString() is { } deriver
                ? StoreDirectory.Default.ParsePath(deriver)
                : null,
            RegistrationTime = info.GetProperty("registrationTime").GetInt64(),
            Ultimate = info.GetProperty("ultimate").GetBoolean(),
            Signatures = [.. Strings(info, "signatures").Select(Signature.Parse)],
            ContentAddress = info.GetProperty("ca").GetString() is { } address ? ContentAddress.Parse(address) : null,
        };
    }

    private static IEnumerable<string> Strings(JsonElement info, string name) =>
        info.GetProperty(name).EnumerateArray().Select(item => item.GetString()!);
}
