using Nario.Cli.Tests.Support;
using Nario.Codec;
using Nario.Store;
using Nario.Store.Hashes;
using Nario.Store.Paths;
using Nario.Store.Pipeline;
using Nario.Store.Signatures;
using Nario.Store.Tests.Data;

namespace Nario.Cli.Tests.Checklist;

/// <summary>T: whom an import trusts.</summary>
public sealed class TrustCases(ChecklistStores stores) : IClassFixture<ChecklistStores>
{
    private const string FullPath = NarioBuilder.StorePrefix + NarioBuilder.Path;

    private const string KeyName = "nario-test-1";

    private static readonly string[] Trusting = ["--trusted-public-keys", TestKeys.Key1];

    public static TheoryData<string> Names => [.. Cases.Select(static item => item.Name)];

    private static IReadOnlyList<ChecklistCase> Cases { get; } = [.. Signatures(), .. Addresses()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Verdict(string name) => stores.Check(Cases.Single(item => item.Name == name));

    [Theory]
    [InlineData("require-sigs = false", true)]
    [InlineData("require-sigs = true", false)]
    public void T05_settings_can_do_without_signatures(string settings, bool isAccepted)
    {
        FakeHost host = new() { Files = { ["/etc/nix/nix.conf"] = settings } };
        foreach (byte[] nario in (byte[][])
            [
                NarioBuilder.Nario1(NarioBuilder.Entry1(NarioBuilder.GoodNar)),
                NarioBuilder.Nario2(NarioBuilder.Entry2(NarioBuilder.GoodNar)),
            ])
        {
            using TemporaryStore store = new();
            using MemoryStream input = new(nario);
            RunResult result = new InProcess { Input = input, Host = host }.Run("import", "--store", store.Root);

            if (isAccepted)
            {
                result.AssertSuccess();
                Assert.Equal([NarioBuilder.Path], store.ListObjects());
            }
            else
            {
                Assert.Equal(nario[0] == 1 ? Unsignable : Unsigned, result.AssertError());
                Assert.Empty(store.ListObjects());
            }
        }
    }

    [Fact]
    public void W05_that_another_store_built_a_path_is_never_believed()
    {
        using TemporaryStore store = new();
        NarioPathInfo info = NarioBuilder.Info2(NarioBuilder.GoodNar) with { IsUltimate = true };
        byte[] nario = NarioBuilder.Nario2(NarioBuilder.Entry2(NarioBuilder.GoodNar, info));

        Assert.Equal(
            Unsigned,
            InProcess.Run(nario, "import", "--store", store.Root).AssertError());
        InProcess.Run(nario, "import", "--store", store.Root, "--no-check-sigs").AssertSuccess();

        Assert.Equal([$"{FullPath}|NULL"], store.Query("select path, ultimate from ValidPaths"));
    }

    private static IEnumerable<ChecklistCase> Signatures()
    {
        byte[] nar = NarioBuilder.GoodNar;
        NarioPathInfo info = NarioBuilder.Info2(nar);
        yield return Case("T01", "a signature by a trusted key", Sign(info, info), ["--trusted-public-keys", TestKeys.Key1]) with
        {
            Registered = [NarioBuilder.Path],
        };
        yield return Case("T01", "a signature by another key", Sign(info, info), ["--trusted-public-keys", TestKeys.Key2])
            .RefusedByImport(Lacks($"signed by '{KeyName}'", "'nario-test-2'"));
        yield return Case(
            "T01",
            "a signature by another key of the same name",
            Sign(info, info),
            ["--trusted-public-keys", $"{KeyName}:{TestKeys.Key2.Split(':')[1]}"])
            .RefusedByImport(Lacks($"signed by '{KeyName}'", $"'{KeyName}'"));
        yield return Case("T01", "no signature", info, Trusting).RefusedByImport(Unsigned);
        yield return new ChecklistCase("T01", "version 1, which has none", NarioBuilder.Nario1(NarioBuilder.Entry1(nar)))
        {
            Options = Trusting,
        }.RefusedByImport(Unsignable);
        foreach ((string title, NarioPathInfo signed) in ((string, NarioPathInfo)[])
            [
                ("another path", info with { Path = NarioBuilder.OtherPath }),
                ("other references", info with { References = [NarioBuilder.OtherPath] }),
                ("itself as a reference", info with { References = [NarioBuilder.Path] }),
                ("another size", info with { NarSize = info.NarSize + 8 }),
                ("another hash", info with { NarHash = new string('0', 64) }),
            ])
        {
            yield return Case("T02", $"a signature of {title}", Sign(info, signed), Trusting)
                .RefusedByImport(Lacks($"signed by '{KeyName}'", $"'{KeyName}'"));
        }

        // Nothing can have been signed of which the size is not known.
        NarioPathInfo unknown = info with { NarSize = 0 };
        string nothing = NarioBuilder.Wrong(
            "more bytes", "the end of the stated size", NarioBuilder.NarStart2(Sign(unknown, info)), "nar/magic");
        string misled = NarioBuilder.OfEntry(
            NarioBuilder.Wrong("0 (end) or 1 (path)", "13", NarioBuilder.NarStart2(Sign(unknown, info)), "nario_v2/entry/tag"),
            2);
        yield return Case("T06", "a size of nothing", Sign(unknown, info), Trusting) with
        {
            Framing = nothing,
            Plain = misled,
            Tree = NarioBuilder.OfPath(nothing),
            Import = Lacks($"signed by '{KeyName}'", $"'{KeyName}'"),
            Again = misled,
        };
    }

    private static IEnumerable<ChecklistCase> Addresses()
    {
        byte[] nar = NarioBuilder.GoodNar;
        ContentAddress address = new(ContentAddressMethod.Nar, TestHash.Sha256(nar));
        string path = address.ComputePath(StoreDirectory.Default, "addressed", []).BaseName;
        NarioPathInfo info = NarioBuilder.Info2(nar, path) with { ContentAddress = address.ToString() };
        yield return Case("T03", "a content address that holds, and no signature", info, Trusting) with
        {
            Registered = [path],
        };

        // All that the file says agrees, but the contents are others.
        byte[] other = NarioBuilder.OtherNar;
        NarioPathInfo lying = NarioBuilder.Info2(other, path) with { ContentAddress = info.ContentAddress };
        string mismatch = NarioBuilder.In(
            NarioBuilder.NarStart2(lying) - NarioBuilder.Size(lying.ContentAddress!),
            "nario_v2/path_info/ca",
            $"ca hash mismatch importing path '{NarioBuilder.StorePrefix}{path}'; "
                + $"specified: {TestHash.Sha256(nar)}; got: {TestHash.Sha256(other)}");
        yield return new ChecklistCase(
            "T04", "contents that are not those of the address", NarioBuilder.Nario2(NarioBuilder.Entry2(other, lying)))
        {
            Options = Trusting,
            Import = mismatch,
            Again = mismatch,
        };

        NarioPathInfo claiming = NarioBuilder.Info2(nar) with { ContentAddress = info.ContentAddress };
        yield return Case("T04", "an address that another path has", claiming, Trusting)
            .RefusedByImport(Unsigned) with
        {
            ImportWarning = $"path '{FullPath}' claims to be content-addressed but isn't",
        };

        // Who signs it does not sign the address.
        NarioPathInfo signed = Sign(claiming, claiming);
        yield return Case("T04", "an address that another path has, signed", signed, Trusting).RefusedByImport(
            NarioBuilder.In(
                NarioBuilder.NarStart2(signed) - NarioBuilder.Size(signed.ContentAddress!),
                "nario_v2/path_info/ca",
                $"cannot add path '{FullPath}' to the Nix store because it claims to be content-addressed but isn't"));
    }

    private static ChecklistCase Case(string id, string title, NarioPathInfo info, IReadOnlyList<string> options) =>
        new(id, title, NarioBuilder.Nario2(NarioBuilder.Entry2(NarioBuilder.GoodNar, info))) { Options = options };

    /// <summary>Signs one thing and says another.</summary>
    private static NarioPathInfo Sign(NarioPathInfo said, NarioPathInfo signed)
    {
        using SecretKey key = TestKeys.ReadSecret("k1");
        ValidPathInfo info = PathInfoMapping.ToValidPathInfo(signed);
        return said with { Signatures = [key.Sign(Fingerprint.Create(StoreDirectory.Default, info)).ToString()] };
    }

    private static string Unsigned => Refusal("no key has signed it; ");

    private static string Unsignable => Refusal("version 1 carries no signatures: export with --format 2, or ");

    private static string Lacks(string signer, string trusted) =>
        Refusal($"{signer}; trusted: {trusted}; add the signer's key with --trusted-public-keys, or ");

    private static string Refusal(string signed) =>
        $"cannot add path '{FullPath}' because it lacks a signature by a trusted key ({signed}import with --no-check-sigs what you trust for other reasons)";
}
