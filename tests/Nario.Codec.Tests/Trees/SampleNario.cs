using System.Security.Cryptography;

namespace Nario.Codec.Tests.Trees;

/// <summary>A nario in memory.</summary>
public sealed record SampleNario(int Version, IReadOnlyList<SamplePath> Paths)
{
    private const string StorePrefix = "/nix/store/";

    /// <summary>
    /// Makes a nario; each info is reduced to what its version states, with the hash and size of its NAR.
    /// </summary>
    public static SampleNario Of(int version, params IEnumerable<SamplePath> paths) =>
        new(version, [.. paths.Select(path => path with { Info = Fit(version, path) })]);

    /// <summary>Gets its bytes.</summary>
    public byte[] ToBytes()
    {
        Wire wire = new();
        if (Version == 2)
        {
            wire.Raw("NARIO2\0\0"u8);
        }

        foreach (SamplePath path in Paths)
        {
            wire.Number(1);
            if (Version == 2)
            {
                WriteInfo2(wire, path.Info);
                wire.NarOf(path.Tree);
            }
            else
            {
                wire.NarOf(path.Tree);
                WriteInfo1(wire, path.Info);
            }
        }

        return wire.Number(0).ToArray();
    }

    /// <summary>Adds what version 1 says after a NAR.</summary>
    public static void WriteInfo1(Wire wire, NarioPathInfo info) =>
        wire.Raw("NIXE\0\0\0\0"u8)
            .Text(StorePrefix + info.Path)
            .List([.. info.References.Select(reference => StorePrefix + reference)])
            .Text(info.Deriver is null ? "" : StorePrefix + info.Deriver)
            .Number(0);

    /// <summary>Adds what version 2 says before a NAR.</summary>
    public static void WriteInfo2(Wire wire, NarioPathInfo info) =>
        wire.Text(info.Path, info.Deriver ?? "", info.NarHash!)
            .List(info.References)
            .Number((ulong)info.RegistrationTime)
            .Number(info.NarSize!.Value)
            .Number(info.IsUltimate ? 1UL : 0UL)
            .List(info.Signatures)
            .Text(info.ContentAddress ?? "");

    /// <inheritdoc/>
    public override string ToString() => $"version {Version}: {Wire.Show(ToBytes())}";

    private static NarioPathInfo Fit(int version, SamplePath path)
    {
        NarioPathInfo info = path.Info;
        if (version == 1)
        {
            return new NarioPathInfo { Path = info.Path, Deriver = info.Deriver, References = info.References };
        }

        byte[] nar = Wire.Nar(path.Tree);
        return info with
        {
            NarHash = Convert.ToHexStringLower(SHA256.HashData(nar)),
            NarSize = (ulong)nar.Length,
        };
    }
}
