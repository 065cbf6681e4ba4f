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
        Assert.Contains(Multi.BaseName, Encoding.UTF8.GetString(Golden[App]), StringComparison.Ordinal);

        Assert.Throws<DerivationException>(() => MakeCheck(changed).Check(app));
        changed.Remove(Multi);
        Assert.Throws<DerivationException>(() => MakeCheck(changed).Check(app));
    }

    public static TheoryData<string, string, string> Worlds => new()
    {
        // What it builds from, what it wants of it, what is wrong with a path.
        { """("out","","r:sha256","")""", "\"out\"", Deferred },
        { """("out","","r:sha256","")""", "", Deferred },
        { """("out","","r:sha256","impure")""", "\"out\"", Deferred },
        { """("out","","","")""", "\"out\"", "does not follow from the derivation" },
        { """("dev","","",""),("out","","","")""", "\"dev\",\"out\"", "does not follow from the derivation" },
        { """("out","","","")""", "\"nosuch\"", "it wants output 'nosuch' of '/nix/store/[^']+-a.drv', which has none" },
        { """("out","","r:sha256","")""", "\"lib\"", "it wants output 'lib' of" },
        { """("out","","r:sha256","impure")""", "\"lib\",\"out\"", "it wants output 'lib' of" },
        { """("a","","","")""", "\"out\"", "it wants output 'out' of" },
    };

    private const string Deferred = "has a path, although something that it follows from has none before it is built";

    [Theory]
    [MemberData(nameof(Worlds))]
    public void A_path_that_nobody_can_know_yet_is_refused_however_far_that_is(string outputs, string wanted, string fault)
    {
        StorePath a = TestStorePath.Named("a.drv");
        StorePath b = TestStorePath.Named("b.drv");
        StorePath c = TestStorePath.Named("c.drv");
        string leaf = $"""Derive([{outputs}],[],[],"","",[],[])""";
        string On(StorePath input, string names, string path) =>
            $"""Derive([("out","{path}","","")],[("/nix/store/{input}",[{names}])],[],"","",[],[("out","{path}")])""";
        string some = $"/nix/store/{TestStorePath.Named("x")}";
        Dictionary<StorePath, byte[]> world = new()
        {
            [a] = Encoding.ASCII.GetBytes(leaf),
            [b] = Encoding.ASCII.GetBytes(On(a, wanted, "")),
        };

        foreach ((StorePath input, string names) in (ReadOnlySpan<(StorePath, string)>)[(a, wanted), (b, "\"out\"")])
        {
            DerivationException error = Assert.Throws<DerivationException>(
                () => MakeCheck(world).Check(Parse(c, Encoding.ASCII.GetBytes(On(input, names, some)))));
            Assert.Matches(fault, error.Message);
        }

        // Without a path there is nothing to follow, as long as what it wants is there.
        OutputCheck check = MakeCheck(world);
        Derivation deferred = Parse(b, world[b]);
        if (fault == Deferred || !fault.Contains("wants", StringComparison.Ordinal))
        {
            check.Check(deferred);
        }
        else
        {
            Assert.Throws<DerivationException>(() => check.Check(deferred));
        }
    }

    [Fact]
    public void What_has_a_fixed_output_ends_what_floats()
    {
        NixHash hash = TestHash.Any(HashAlgorithmKind.Sha256, 1);
        StorePath output = new ContentAddress(ContentAddressMethod.Nar, hash).ComputePath(StoreDirectory.Default, "b", []);
        StorePath a = TestStorePath.Named("a.drv");
        StorePath b = TestStorePath.Named("b.drv");
        Dictionary<StorePath, byte[]> world = new()
        {
            [a] = """Derive([("out","","r:sha256","")],[],[],"","",[],[])"""u8.ToArray(),
            [b] = Encoding.ASCII.GetBytes(
                $"""Derive([("out","/nix/store/{output}","r:sha256","{hash.ToBase16()}")],[("/nix/store/{a}",["out"])],[],"","",[],[])"""),
        };
        string Top(string path) =>
            $"""Derive([("out","{path}","","")],[("/nix/store/{b}",["out"])],[],"","",[],[("out","{path}")])""";
        StorePath top = TestStorePath.Named("top.drv");
        DerivationException error = Assert.Throws<DerivationException>(() => MakeCheck(world).Check(
            Parse(top, Encoding.ASCII.GetBytes(Top($"/nix/store/{TestStorePath.Named("x")}")))));
        string right = error.Message.Split('\'')[^2];
        MakeCheck(world).Check(Parse(top, Encoding.ASCII.GetBytes(Top(right))));
    }

    [Fact]
    public void Each_derivation_is_read_a_few_times_however_many_build_from_it()
    {
        const int Count = 300;
        StorePath Name(int number) => TestStorePath.Named(string.Create(CultureInfo.InvariantCulture, $"d{number:000}.drv"));
        int reads = 0;
        OutputCheck check = new(StoreDirectory.Default, path =>
        {
            reads++;
            return Parse(path, Text(int.Parse(path.Name.AsSpan(1, 3), NumberStyles.None, CultureInfo.InvariantCulture)));
        });

        check.Check(Parse(Name(0), Text(0)));

        Assert.InRange(reads, Count - 1, 2 * Count);

        // Each builds from all after it.
        byte[] Text(int number)
        {
            IEnumerable<string> inputs = Enumerable.Range(number + 1, Count - number - 1)
                .Select(input => Name(input).BaseName).Order(StringComparer.Ordinal)
                .Select(static name => $"(\"/nix/store/{name}\",[\"out\"])");
            return Encoding.ASCII.GetBytes($"""Derive([("out","","","")],[{string.Join(',', inputs)}],[],"","",[],[])""");
        }
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
