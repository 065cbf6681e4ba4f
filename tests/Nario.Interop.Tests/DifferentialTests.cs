using System.Security.Cryptography;
using Nario.Interop.Tests.Support;
using Nario.Store.Signatures;
using Nario.Testing;

namespace Nario.Interop.Tests;

/// <summary>Gives each nario of <c>vectors/differential</c> its verdict: files on which this project and <c>nix nario</c> 3.22.2 once
/// disagreed.</summary>
public sealed class DifferentialTests
{
    /// <summary>The verdict where it depends on whether the system verifies ML-DSA.</summary>
    private static readonly bool MlDsa = MLDsa.IsSupported;

    /// <summary>
    /// Whether each is accepted by <c>list</c>, by <c>list -R</c>, by an import that checks no signatures, and by one into an empty
    /// store that trusts the keys beside the files. The words tell what was decided where Nix does otherwise.
    /// </summary>
    private static readonly DifferentialVerdict[] Table =
    [
        new("bug1b-signed-by-k-1.v2", true, true, true, true, "as Nix"),
        new("bug1-ml-dsa-44.v2", true, true, true, MlDsa, "kept; verified where the system can"),
        new("bug1-ml-dsa-65.v2", true, true, true, MlDsa, "kept; verified where the system can"),
        new("bug1-ecdsa-p384.v2", true, true, true, true, "verified"),
        new("bug1-both-ed25519-and-p384.v2", true, true, true, true, "either key is enough"),
        new("bug1-sig-short.v2", true, true, true, false, "kept, counts for nothing"),
        new("bug1-sig-long.v2", true, true, true, false, "kept, counts for nothing"),
        new("bug2-drv-fixed-output-not-named-out.v2", true, true, false, false, "as Nix"),
        new("bug2-drv-path-on-floating-input.v2", true, true, false, false, "as Nix"),
        new("bug2-drv-unknown-output-of-fixed-input.v2", true, true, false, false, "as Nix"),
        new("bug2-drv-named-.drv.v2", true, true, false, false, "as Nix"),
        new("bug3-flat-executable.v2", true, true, false, false, "stricter: the address does not cover the executable bit"),
        new("d-drv-text-floating.v2", true, true, true, true, "accepted: which features a Nix has is not for us to say"),
        new("d-drv-impure.v2", true, true, true, true, "accepted: which features a Nix has is not for us to say"),
        new("d-ca-base64.v2", true, true, true, true, "every spelling of a hash is read that Nix reads"),
        new("d-hash-base64-nonzero-tail-bits.v2", true, true, false, false, "read as Nix reads it, and then another hash"),
        new("d-hash-b64nlmid.v2", false, false, false, false, "as Nix"),
        new("d-hash-b64nl.v2", false, false, false, false, "as Nix"),
        new("d-hash-b64xeq.v2", false, false, false, false, "as Nix"),
        new("d-hash-srinopad.v2", true, true, true, false, "as Nix; nobody has signed it"),
        new("d-hash-nl.v2", false, false, false, false, "as Nix"),
        new("d-v1-twice-other-contents-same-size.v1", true, true, false, false, "text lists do not hash; JSON and import refuse it"),
        new("d-v1-twice-other-contents-other-size.v1", false, false, false, false, "the sizes tell"),
        new("sig-nlmid.v2", false, false, false, false, "stricter: one spelling of a signature"),
        new("sig-nl.v2", false, false, false, false, "stricter: one spelling of a signature"),
        new("sig-extraeq.v2", false, false, false, false, "stricter: one spelling of a signature"),
        new("sig-noncanon.v2", false, false, false, false, "stricter: one spelling of a signature"),
        new("sig-url.v2", false, false, false, false, "as Nix"),
        new("sig-spacekey.v2", false, false, false, false, "stricter: the database could not keep it"),
        new("sig-nulkey.v2", false, false, false, false, "stricter: the database could not keep it"),
        new("sig-highkey.v2", false, false, false, false, "stricter: JSON could not show it"),
        new("sig-utf8key.v2", true, true, true, false, "a name in UTF-8 is a name; nobody trusts it"),
        new("signature-order.v2", true, true, true, true, "by the name of the key, then the bytes, as Nix since 3.19"),
        new("peer-abort-ca-text-md5.v2", true, true, false, false, "no such address"),
        new("peer-abort-huge-path-length.v2", false, false, false, false, "beyond the limit"),
        new("drv-hash-without-algorithm.v2", true, true, false, false, "stricter: it would be hashed and mean nothing"),
        new("dup-contents.v2", false, false, false, false, "stricter: a nario does not say two things of one path"),
        new("dup-deriver.v2", false, false, false, false, "stricter: a nario does not say two things of one path"),
        new("dup-time.v2", false, false, false, false, "stricter: a nario does not say two things of one path"),
        new("dup-ult.v2", false, false, false, false, "stricter: a nario does not say two things of one path"),
        new("dup-hash.v2", true, true, true, false, "the same hash in another spelling; nobody has signed it"),
        new("dup-same.v1", true, true, true, false, "version 1 carries no signatures"),
        new("dup-same.v2", true, true, true, false, "nobody has signed it"),
        new("size-n-8.v2", false, false, false, false, "the stated size ends within the NAR"),
        new("padding-of-contents.v1", false, false, false, false, "padding is zeros for every reader"),
        new("padding-of-contents.v2", true, false, false, false, "padding is zeros for every reader; list reads no NAR"),
        new("v1-path-ss.v1", false, false, false, false, "stricter: one spelling of a path"),
        new("v1-path-sdds.v1", false, false, false, false, "stricter: one spelling of a path"),
        new("v1-marker-2.v1", false, false, false, false, "stricter: no writer writes it"),
        new("self-without-positions.v2", true, true, true, false, "only where somebody vouches for it"),
        new("already-valid-unsigned.v2", true, true, true, false, "nobody has signed it; valid already, it is passed over"),
    ];

    public static TheoryData<string> Names => [.. SharedNames()];

    [RequiresTheory(Needs.Shared)]
    [MemberData(nameof(Names))]
    public void Has_the_verdict_of_the_table(string name)
    {
        DifferentialVerdict verdict = Table.Single(row => row.Name == name);
        byte[] nario = SharedVector.Read("differential", name);
        foreach (InputKind kind in Enum.GetValues<InputKind>())
        {
            using TemporaryStore store = new();
            using TemporaryStore strict = new();
            Assert.Equal(verdict.IsListed, Refusal(() => Engines.List(nario, kind, isRecursive: false)) is null);
            Assert.Equal(verdict.IsListedWithTrees, Refusal(() => Engines.List(nario, kind)) is null);
            Assert.Equal(verdict.IsImported, Refusal(() => Engines.Import(store, nario, kind)) is null);
            Leavings.AssertNone(store);
            Assert.Equal(verdict.IsTrusted, Refusal(() => Engines.Import(strict, nario, kind, ReadKeys(name))) is null);

            // What is valid is passed over, and what was refused is refused again.
            if (verdict.IsImported)
            {
                IReadOnlyList<string> paths = Engines.Import(store, nario, kind, ReadKeys(name));
                IEnumerable<string> signatures = Engines.ReadInfos(nario).SelectMany(static info => info.Signatures);
                Assert.Equal(
                    signatures.Distinct().Order(StringComparer.Ordinal),
                    Engines.ReadInfos(Engines.Export(store, 2, paths.Distinct())).SelectMany(static info => info.Signatures)
                        .Order(StringComparer.Ordinal));
            }
        }
    }

    [RequiresFact(Needs.Shared)]
    public void A_list_as_JSON_hashes_what_comes_twice() =>
        Assert.NotNull(Refusal(() => Engines.List(
            SharedVector.Read("differential", "d-v1-twice-other-contents-same-size.v1"), InputKind.File, isJson: true)));

    [RequiresFact(Needs.Shared)]
    public void The_table_has_a_row_for_each() =>
        Assert.Equal(SharedNames().Order(StringComparer.Ordinal), Table.Select(static row => row.Name).Order(StringComparer.Ordinal));

    [RequiresFact(Needs.Shared)]
    public void Signatures_are_written_by_the_names_of_their_keys()
    {
        using TemporaryStore store = new();
        IReadOnlyList<string> paths = Engines.Import(store, SharedVector.Read("differential", "signature-order.v2"));
        string[] names = [.. Engines.ReadInfos(Engines.Export(store, 2, paths))[0].Signatures.Select(static text => text.Split(':')[0])];
        Assert.Equal(["k-1", "k-10"], names);
        Assert.Equal(
            ["k-1", "k-10"], store.Query("select sigs from ValidPaths").Single().Split(' ').Select(static text => text.Split(':')[0]));
    }

    private static IEnumerable<string> SharedNames() => TestFiles.Shared is null
        ? []
        : Directory.EnumerateFiles(SharedVector.Locate("differential"), "*.nario")
            .Select(static file => Path.GetFileNameWithoutExtension(file));

    /// <summary>Reads the keys of a file: one that signed several, and the one beside it, if it can be used here.</summary>
    private static TrustedKeys ReadKeys(string name)
    {
        IEnumerable<string> files = ((string[])["k-1", name[..^".v2".Length]])
            .Where(key => MlDsa || !key.StartsWith("bug1-ml-dsa", StringComparison.Ordinal))
            .Select(static key => SharedVector.Locate("differential", $"{key}.pub"))
            .Where(File.Exists);
        return new TrustedKeys(files.Select(static file => PublicKey.Parse(File.ReadAllText(file).Trim())));
    }

    private static string? Refusal(Action step) => Verdict.GetRefusal(step);
}
