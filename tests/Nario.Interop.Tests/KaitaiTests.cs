using Nario.Codec;
using Nario.Interop.Tests.Support;
using Nario.Store.Pipeline;
using Nario.Testing;

namespace Nario.Interop.Tests;

/// <summary>Compares with the official Kaitai Struct compiler, which reads the same specifications.</summary>
public sealed class KaitaiTests
{
    private static readonly Dictionary<string, string[]> Compiled = new()
    {
        ["javascript"] = ["Nar.js", "NarioV1.js", "NarioV2.js", "NixWire.js"],
        ["csharp"] = ["Nar.cs", "NarioV1.cs", "NarioV2.cs", "NixWire.cs"],
        ["java"] = ["/Nar.java", "/NarioV1.java", "/NarioV2.java", "/NixWire.java"],
        ["python"] = ["nar.py", "nario_v1.py", "nario_v2.py", "nix_wire.py"],
    };

    /// <summary>What an import says of faults outside the framing, which is all that the specifications know.</summary>
    private static readonly Difference[] NotInSpecifications =
    [
        new("is not a valid store path: ", "the syntax of store paths"),
        new("is too short to be a valid store path ", "the syntax of store paths"),
        new("contains illegal base-32 character", "the syntax of store paths"),
        new("expected a path in /nix/store, found", "the store directory"),
        new("^hash mismatch importing path", "the hash of a NAR"),
        new("claims to be content-addressed but isn't ", "the computation of content addresses"),
        new(": hash '.*' has wrong length", "the spelling of hashes"),
        new(": signature '.*' is malformed", "the syntax of signatures"),
        new("which is neither in the store nor earlier in this nario [(]", "what a store holds"),
    ];

    /// <summary>What our reader of the framing refuses beyond the readers in JavaScript.</summary>
    private static readonly Difference[] NotSeenInJavaScript =
    [
        new("^expected a path in /nix/store, found", "our reader takes the store directory off the paths of version 1"),
        new(
            "^expected at most 9223372036854775807, found 9223372036854775808 ",
            "JavaScript rounds numbers beyond 2^53, so that these two are one"),
    ];

    [KaitaiFact]
    public void Writes_specifications_that_compile_to_every_language()
    {
        KaitaiReport report = KaitaiOracle.Ask([]);

        Assert.Equal(Compiled.Keys.Order(StringComparer.Ordinal), report.Compiled.Keys.Order(StringComparer.Ordinal));
        Assert.All(report.Compiled, static language => Assert.Equal(Compiled[language.Key], language.Value));
    }

    [KaitaiFact]
    public void Reads_golden_narios_alike()
    {
        KaitaiReport report = KaitaiOracle.Ask(
            GoldenFile.List().Select(static name => TestFiles.Golden($"{name}.nario")));

        Assert.NotEmpty(report.Narios);
        Assert.All(report.Narios, AssertReadAlike);
        Assert.Equal(
            ["22-unknown-hash-size.v2.nario"],
            report.Narios
                .Where(static nario => !nario.IsAccepted).Select(static nario => Path.GetFileName(nario.File)));
    }

    [KaitaiFact(Needs.Shared)]
    public void Reads_odd_narios_alike()
    {
        KaitaiReport report = KaitaiOracle.Ask(
            SharedVector.ReadBad().Select(static vector => SharedVector.Locate("bad", $"{vector.Name}.nario")));

        Assert.NotEmpty(report.Narios);
        Assert.All(report.Narios, AssertReadAlike);
    }

    [KaitaiFact(Needs.Shared)]
    public void Gives_hostile_narios_the_same_verdict()
    {
        IReadOnlyList<SharedVector> vectors = SharedVector.ReadHostile();
        KaitaiReport report = KaitaiOracle.Ask(
            vectors.Select(static vector => SharedVector.Locate("hostile", $"{vector.Name}.nario")));

        Assert.Equal(vectors.Count, report.Narios.Count);
        Assert.All(report.Narios, AssertReadAlike);
        foreach ((SharedVector vector, KaitaiNario nario) in vectors.Zip(report.Narios))
        {
            if (vector.IsAccepted != nario.IsAccepted)
            {
                using TemporaryStore store = new();
                string? refusal = Verdict.GetRefusal(() => Engines.Import(store, File.ReadAllBytes(nario.File)));
                Assert.True(
                    Difference.Explains(NotInSpecifications, refusal), $"{vector.Name}: {refusal ?? nario.Error}");
            }
        }
    }

    /// <summary>Expects our reader of the framing to find the same in a nario, or to refuse it as well.</summary>
    private static void AssertReadAlike(KaitaiNario expected)
    {
        List<KaitaiPath> paths = [];
        string? refusal = Verdict.GetRefusal(() => paths = Read(File.ReadAllBytes(expected.File)));

        if (expected.IsAccepted && refusal is null)
        {
            Assert.Equal(expected.Paths, paths);
        }
        else
        {
            Assert.NotNull(refusal);
            Assert.True(
                !expected.IsAccepted || Difference.Explains(NotSeenInJavaScript, refusal),
                $"{expected.File}: {refusal}");
        }
    }

    private static List<KaitaiPath> Read(byte[] nario)
    {
        List<KaitaiPath> paths = [];
        using NarioReader reader = NarioReader.Open(new MemoryStream(nario));
        while (reader.Read())
        {
            using NarHasher hasher = new();
            reader.Nar.Attach(hasher);
            while (reader.Nar.Read())
            {
            }

            reader.Nar.Detach(hasher);
            NarDigest digest = hasher.Finish();
            NarioPathInfo info = reader.ReadInfo();
            string prefix = reader.Version.HasInfoFirst ? "" : "/nix/store/";
            paths.Add(new KaitaiPath(prefix + info.Path, digest.Size, digest.Hash.ToBase16()));
        }

        return paths;
    }
}
