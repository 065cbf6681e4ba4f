using System.Globalization;
using System.Text;
using Nario.Store.Derivations;
using Nario.Store.Hashes;
using Nario.Store.Paths;
using Nario.Testing;

namespace Nario.Store.Tests.Derivations;

public sealed class OutputCheckTests
{
    // As Nix has made them: some build from others, one has two outputs.
    private static readonly IReadOnlyDictionary<StorePath, byte[]> Golden = GoldenNario.ReadNars("10-closure-drv")
        .Where(static entry => entry.Info.Path.IsDerivation)
        .ToDictionary(static entry => entry.Info.Path, static entry => GoldenNario.ReadSingleFile(entry.Nar));

    private static StorePath App => Golden.Keys.Single(static path => path.Name == "app-5.0.0.drv");

    private static StorePath Multi => Golden.Keys.Single(static path => path.Name == "multi-4+x.drv");

    [Fact]
    public void Takes_what_Nix_has_made_in_any_order()
    {
        foreach (IEnumerable<StorePath> order in (IEnumerable<StorePath>[])[Golden.Keys, Golden.Keys.Reverse()])
        {
            OutputCheck check = MakeCheck(Golden);
            foreach (StorePath path in order)
            {
                check.Check(Parse(path, Golden[path]));
            }
        }
    }

    [Theory]
    [InlineData("zil1fszbpdfsn1j75nzl4x1xp4xl1573-multi-4+x\",", "3vsnipii1g0dy5ichv7f754x1z1nsh0x-libbase-1.0\",")]
    [InlineData("(\"dev\",\"/nix/store/9", "(\"dev\",\"/nix/store/8")]
    [InlineData("x86_64-linux", "i686-linux")]
    [InlineData("/bin:", "/sbin:")]
    public void Refuses_outputs_that_do_not_follow(string found, string replacement)
    {
        string text = Encoding.UTF8.GetString(Golden[Multi]);
        int index = text.IndexOf(found, StringComparison.Ordinal);
        Assert.True(index >= 0);
        Derivation changed = Parse(
            Multi, Encoding.UTF8.GetBytes(text[..index] + replacement + text[(index + found.Length)..]));

        DerivationException exception = Assert.Throws<DerivationException>(() => MakeCheck(Golden).Check(changed));

        Assert.Matches(
            "^error parsing derivation '[^']+': error: output '[^']+' does not follow from the derivation, which makes '[^']+'$",
            exception.Message);
    }

    [Theory]
    [InlineData("(\"dev\",\"/nix/store/9", "(\"dev\",\"/nix/store/8")]
    [InlineData("(\"dev\",\"/nix/store/9", "(\"deu\",\"/nix/store/9")]
    public void Refuses_to_tell_a_builder_of_another_place(string found, string replacement)
    {
        string text = Encoding.UTF8.GetString(Golden[Multi]);
        int index = text.LastIndexOf(found, StringComparison.Ordinal);
        string changed = text[..index] + replacement + text[(index + found.Length)..];

        DerivationException exception = Assert.Throws<DerivationException>(
            () => MakeCheck(Golden).Check(Parse(Multi, Encoding.UTF8.GetBytes(changed))));

        Assert.Matches("error: (variable|output) '[^']+' (is not the path of that output|does not follow)", exception.Message);
    }

    [Fact]
    public void Checks_what_a_builder_of_a_fixed_output_is_told()
    {
        NixHash hash = TestHash.Any(HashAlgorithmKind.Sha256, 1);
        StorePath path = new ContentAddress(ContentAddressMethod.Nar, hash).ComputePath(StoreDirectory.Default, "x", []);
        Derivation Make(string environment) => Parse(
            TestStorePath.Named("x.drv"),
            Encoding.ASCII.GetBytes(
                $"""Derive([("out","/nix/store/{path}","r:sha256","{hash.ToBase16()}")],[],[],"","",[],[{environment}])"""));

        MakeCheck(Golden).Check(Make($"""("out","/nix/store/{path}")"""));
        foreach (string wrong in (string[])["", """("out","/x")""", $"""("dev","/nix/store/{path}")"""])
        {
            Assert.Throws<DerivationException>(() => MakeCheck(Golden).Check(Make(wrong)));
        }
    }

    [Fact]
    public void What_it_builds_from_counts()
    {
        Dictionary<StorePath, byte[]> changed = new(Golden);
        string text = Encoding.UTF8.GetString(changed[Multi]);
        changed[Multi] = Encoding.UTF8.GetBytes(text.Replace("x86_64-linux", "i686-linux", StringComparison.Ordinal));
        Derivation app = Parse(App, Golden[App]);
        Assert.Contains(Multi, app.Inputs.Keys);

        Assert.Throws<DerivationException>(() => MakeCheck(changed).Check(app));
        changed.Remove(Multi);
        Assert.Throws<DerivationException>(() => MakeCheck(changed).Check(app));
    }

    [Fact]
    public void A_chain_may_be_long_but_not_closed()
    {
        const int Length = 20_000;
        StorePath Name(int number) => TestStorePath.Named(string.Create(CultureInfo.InvariantCulture, $"d{number}.drv"));
        byte[] Text(int input) => Encoding.ASCII.GetBytes(
            $"""Derive([("out","","","")],[("/nix/store/{Name(input)}",["out"])],[],"","",[],[])""");
        byte[] leaf = """Derive([("out","","","")],[],[],"","",[],[])"""u8.ToArray();
        OutputCheck open = new(
            StoreDirectory.Default,
            path => Parse(path, path == Name(Length) ? leaf : Text(Next(path))));
        OutputCheck closed = new(StoreDirectory.Default, path => Parse(path, Text(Next(path) % 3)));

        open.Check(Parse(Name(0), Text(1)));
        DerivationException exception =
            Assert.Throws<DerivationException>(() => closed.Check(Parse(Name(0), Text(1))));

        Assert.EndsWith("builds from itself", exception.Message, StringComparison.Ordinal);

        static int Next(StorePath path) =>
            1 + int.Parse(path.Name.AsSpan(1, path.Name.Length - 5), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static OutputCheck MakeCheck(IReadOnlyDictionary<StorePath, byte[]> texts) => new(
        StoreDirectory.Default,
        path => texts.TryGetValue(path, out byte[]? text) ? Parse(path, text) : throw new StoreException("not there"));

    private static Derivation Parse(StorePath path, byte[] text) => Derivation.Parse(StoreDirectory.Default, path, text);
}
