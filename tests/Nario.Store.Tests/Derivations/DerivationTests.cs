using System.Text;
using Nario.Store.Derivations;
using Nario.Store.Hashes;
using Nario.Store.Paths;
using Nario.Testing;

namespace Nario.Store.Tests.Derivations;

public class DerivationTests
{
    private const string Out = $"/nix/store/{OutName}";

    private const string OutName = "3vsnipii1g0dy5ichv7f754x1z1nsh0x-x";

    private const string Minimal =
        $$"""Derive([("out","{{Out}}","","")],[],[],"x86_64-linux","/bin/sh",["-c","true"],[("out","{{Out}}")])""";

    private static readonly StorePath Path = StorePath.Parse("00000000000000000000000000000000-x.drv");

    [Fact]
    public void Reads_the_outputs_that_Nix_wrote()
    {
        (ValidPathInfo Info, byte[] Nar)[] derivations =
            [.. GoldenNario.ReadNars("10-closure-drv").Where(entry => entry.Info.Path.IsDerivation)];
        Assert.Equal(5, derivations.Length);
        Dictionary<string, string> outputs = [];
        foreach ((ValidPathInfo info, byte[] nar) in derivations)
        {
            Derivation derivation =
                Derivation.Parse(StoreDirectory.Default, info.Path, GoldenNario.ReadSingleFile(nar));
            foreach ((string name, StorePath path) in derivation.OutputPaths)
            {
                outputs.Add($"{info.Path.Name}!{name}", path.BaseName);
            }
        }

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["libbase-1.0.drv!out"] = "3vsnipii1g0dy5ichv7f754x1z1nsh0x-libbase-1.0",
                ["libself-2.1.drv!out"] = "lsdi8pbgxcjw84hdx370cf89zad3i88a-libself-2.1",
                ["mid_3.drv!out"] = "90ar14xfz7qf58rkkjllgvq9729gy6i3-mid_3",
                ["multi-4+x.drv!dev"] = "9ig4r0ywm7v40v87mv3yxxxvbbc9pph9-multi-4+x-dev",
                ["multi-4+x.drv!out"] = "zil1fszbpdfsn1j75nzl4x1xp4xl1573-multi-4+x",
                ["app-5.0.0.drv!out"] = "mdj9pd9jairndqzf6gwvdxfzb4rpsm8m-app-5.0.0",
            },
            outputs);
    }

    [Fact]
    public void Is_refused_when_it_is_cut_off_anywhere()
    {
        Assert.Equal(Out, StoreDirectory.Default.Join(Parse(Minimal).OutputPaths["out"]));
        for (int length = 0; length < Minimal.Length; length++)
        {
            Assert.Throws<DerivationException>(() => Parse(Minimal[..length]));
        }
    }

    [Fact]
    public void What_follows_it_is_not_looked_at() => Assert.Single(Parse(Minimal + "\n").OutputPaths);

    [Theory]
    [InlineData("garbage", "expected string 'D'")]
    [InlineData("", "expected string 'D'")]
    [InlineData("""DrvWithVersion("xp-dyn-drv",[],[],[],"","",[],[])""", "expected string 'erive(['")]
    [InlineData($"""Derive([("out","{Out}","",""),],[],[],"","",[],[])""", "expected string '('")]
    [InlineData($"""Derive([("out","{Out}","","")("dev","","","")],[],[],"","",[],[])""", "expected string ','")]
    [InlineData(
        $"""Derive([("out","{Out}","",""),("out","{Out}","","")],[],[],"","",[],[])""",
        "output 'out' is there twice, or comes after 'out'")]
    [InlineData(
        $"""Derive([("out","{Out}","",""),("dev","{Out}","","")],[],[],"","",[],[])""",
        "output 'dev' is there twice, or comes after 'out'")]
    [InlineData($"""Derive([("out","","","")],[],["{Out}","{Out}"],"","",[],[])""", $"input '{OutName}' is there twice, or comes after '{OutName}'")]
    [InlineData(
        $"""Derive([("dev","","sha256","impure"),("out","{Out}","","")],[],[],"","",[],[])""",
        "its outputs are of several kinds, or more than one has a fixed hash")]
    [InlineData($"""Derive([("out","{Out}","","x")],[],[],"","",[],[])""", "an output has a hash without an algorithm")]
    [InlineData(
        $"""Derive([("out","{Out}","sha256","impure")],[],[],"","",[],[])""",
        "an output has a path although its hash is not known")]
    [InlineData(
        """Derive([("out","","x\"","")],[],[],"","",[],[])""",
        "unknown hash algorithm 'x\"', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'")]
    [InlineData(
        $"""Derive([("out","","","")],[("{Out}",["a\",\"b"])],[],"","",[],[])""",
        "the name of an output: name 'a\",\"b' contains illegal character '\"'")]
    [InlineData("""Derive([("out","","","")],[],[],"x\"y","",[],[])""", "platform 'x\"y' has characters that need an escape")]
    [InlineData(
        """Derive([("out","","","")],[],[],"","",[],[("b",""),("a","")])""", "variable 'a' is there twice, or comes after 'b'")]
    [InlineData(
        """Derive([("out","/nix/store/abc","","")],[],[],"","",[],[])""",
        "'abc' is too short to be a valid store path")]
    [InlineData("""Derive([("out","abc","","")],[],[],"","",[],[])""", "not an absolute path: 'abc'")]
    [InlineData("""Derive([("out","/tmp/abc","","")],[],[],"","",[],[])""", "path '/tmp/abc' is not in the Nix store")]
    [InlineData(
        $"""Derive([("a/b","{Out}","","")],[],[],"","",[],[])""",
        "the name of an output: name 'a/b' contains illegal character '/'")]
    [InlineData("""Derive([("out","","","")],[("/tmp/x",["out"])],[],"","",[],[])""", "path '/tmp/x' is not in the Nix store")]
    [InlineData("""Derive([("out","","","")],[],["x"],"","",[],[])""", "not an absolute path: 'x'")]
    [InlineData("""Derive([("out","","","")],[],[],"\""", "a string has no end")]
    [InlineData("""Derive([("out","","sha256","0000000000000000000000000000000000000000000000000000000000000000")],[],[],"","",[],[])""", "not an absolute path: ''")]
    [InlineData(
        $"""Derive([("out","{Out}","sha999","00")],[],[],"","",[],[])""",
        "unknown hash algorithm 'sha999', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'")]
    public void Says_what_is_wrong(string text, string message) =>
        Assert.Equal(
            $"error parsing derivation '/nix/store/{Path.BaseName}': error: {message}",
            Assert.Throws<DerivationException>(() => Parse(text)).Message);

    [Fact]
    public void Refuses_a_path_that_does_not_end_in_drv() =>
        Assert.Throws<DerivationException>(() => Derivation.Parse(
            StoreDirectory.Default, TestStorePath.Named("x"), Encoding.UTF8.GetBytes(Minimal)));

    [Fact]
    public void Takes_escapes_in_every_string()
    {
        string text = $$"""
            Derive([("o\ut","\/nix/store/{{Out["/nix/store/".Length..]}}","","")],[],[],"a","a\n\r\t\"\\b",["\""],[("k\\","v")])
            """;
        Assert.Equal(Out, StoreDirectory.Default.Join(Parse(text).OutputPaths["out"]));
    }

    [Fact]
    public void Takes_escapes_for_the_characters_that_they_stand_for()
    {
        DerivationException e = Assert.Throws<DerivationException>(
            () => Parse("""Derive([("out","a\n\r\t\"\\b","","")],[],[],"","",[],[])"""));
        Assert.EndsWith("""not an absolute path: 'a\x0a\x0d\x09"\b'""", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""("a","","",""),("b","","","")""")]
    [InlineData("""("a","","r:sha256",""),("b","","sha256","")""")]
    [InlineData("""("a","","sha256","impure"),("b","","r:sha256","impure")""")]
    public void Leaves_out_outputs_whose_path_is_not_known(string outputs) =>
        Assert.Empty(Parse($"""Derive([{outputs}],[],[],"","",[],[])""").OutputPaths);

    [Theory]
    [InlineData("sha256", ContentAddressMethod.Flat, HashAlgorithmKind.Sha256, "out", "x")]
    [InlineData("r:sha256", ContentAddressMethod.Nar, HashAlgorithmKind.Sha256, "out", "x")]
    [InlineData("r:sha1", ContentAddressMethod.Nar, HashAlgorithmKind.Sha1, "out", "x")]
    [InlineData("text:sha256", ContentAddressMethod.Text, HashAlgorithmKind.Sha256, "out", "x")]
    [InlineData("git:sha1", ContentAddressMethod.Git, HashAlgorithmKind.Sha1, "out", "x")]
    [InlineData("r:blake3", ContentAddressMethod.Nar, HashAlgorithmKind.Blake3, "out", "x")]
    public void An_output_with_a_fixed_hash_must_be_where_that_hash_puts_it(
        string method, ContentAddressMethod kind, HashAlgorithmKind algorithm, string output, string name)
    {
        NixHash hash = TestHash.Any(algorithm, 1);
        StorePath path = new ContentAddress(kind, hash).ComputePath(StoreDirectory.Default, name, []);
        string Text(StorePath written) =>
            $"""Derive([("{output}","/nix/store/{written}","{method}","{hash.ToBase16()}")],[],[],"","",[],[])""";
        Assert.Equal(path, Parse(Text(path)).OutputPaths[output]);
        StoreException e = Assert.Throws<DerivationException>(() => Parse(Text(TestStorePath.Named(name))));
        Assert.EndsWith($"which makes '/nix/store/{path}'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""Derive([],[],[],"","",[],[])""", "it has no outputs")]
    [InlineData(
        """Derive([("lib","/x","sha256","00")],[],[],"","",[],[])""", "its output with a fixed hash is named 'lib' and not 'out'")]
    [InlineData(
        """Derive([("a","","sha256",""),("b","","r:sha1","")],[],[],"","",[],[])""",
        "its outputs are to be hashed with several algorithms")]
    [InlineData(
        """Derive([("a","","","")],[],[],"","",[],[("k","1"),("k","2")])""", "variable 'k' is there twice, or comes after 'k'")]
    public void Refuses_outputs_that_do_not_go_together(string text, string message) =>
        Assert.EndsWith($"error: {message}", Assert.Throws<DerivationException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(".drv", "its name has nothing before '.drv'")]
    [InlineData("..drv", "output 'out' can have no path: name '.' is not valid")]
    public void Refuses_a_name_that_no_output_can_have(string name, string message)
    {
        StorePath path = StorePath.Parse($"00000000000000000000000000000000-{name}");
        DerivationException error = Assert.Throws<DerivationException>(() => Derivation.Parse(
            StoreDirectory.Default, path, """Derive([("out","","","")],[],[],"","",[],[])"""u8.ToArray()));
        Assert.EndsWith($"error: {message}", error.Message, StringComparison.Ordinal);
        StorePath longest = StorePath.Parse($"00000000000000000000000000000000-{new string('x', 207)}.drv");
        Derivation.Parse(StoreDirectory.Default, longest, """Derive([("out","","","")],[],[],"","",[],[])"""u8.ToArray());
        error = Assert.Throws<DerivationException>(() => Derivation.Parse(
            StoreDirectory.Default, longest, """Derive([("debug","","","")],[],[],"","",[],[])"""u8.ToArray()));
        Assert.Contains("must be no longer than 211 characters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_so_many_outputs_and_no_more()
    {
        string Text(int count) =>
            $"""Derive([{string.Join(',', Enumerable.Range(1_000, count).Select(n => $"(\"o{n}\",\"\",\"\",\"\")"))}],[],[],"","",[],[])""";
        Assert.Equal(4_096, Parse(Text(4_096)).OutputNames.Count);
        Assert.EndsWith(
            "it has more than 4096 outputs",
            Assert.Throws<DerivationException>(() => Parse(Text(4_097))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[(\"", "\",\"\",\"\",\"\")]")]
    [InlineData("[(\"out\",\"/", "\",\"\",\"\")],[],[],\"\",\"\",[],[])")]
    [InlineData("[(\"out\",\"\",\"", "\",\"\")],[],[],\"\",\"\",[],[])")]
    [InlineData("[(\"out\",\"\",\"sha1\",\"", "\")],[],[],\"\",\"\",[],[])")]
    [InlineData("[(\"out\",\"\",\"\",\"\")],[(\"/", "\",[])],[],\"\",\"\",[],[])")]
    [InlineData("[(\"out\",\"\",\"\",\"\")],[],[\"/", "\"],\"\",\"\",[],[])")]
    [InlineData("[(\"out\",\"\",\"\",\"\")],[],[],\"\\\"", "\",\"\",[],[])")]
    [InlineData("[(\"out\",\"\",\"\",\"\")],[],[],\"\",\"\",[],[(\"b\",\"\"),(\"a\\\"", "\",\"\")])")]
    public void Refuses_a_long_text_in_little_memory(string before, string after)
    {
        byte[] text = new byte[Derivation.MaxByteLength];
        text.AsSpan().Fill((byte)'\x1b');
        byte[] start = Encoding.ASCII.GetBytes("Derive(" + before);
        start.CopyTo(text, 0);
        Encoding.ASCII.GetBytes(after, text.AsSpan(text.Length - after.Length));

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        DerivationException error =
            Assert.Throws<DerivationException>(() => Derivation.Parse(StoreDirectory.Default, Path, text));
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        // One copy without escapes, if any, beside the text itself.
        Assert.InRange(allocated, 0, text.Length + 200_000);
        Assert.InRange(error.Message.Length, 0, 20_000);
    }

    [Fact]
    public void Nesting_and_length_cost_nothing()
    {
        Assert.Throws<DerivationException>(() => Parse("Derive([" + new string('(', 1_000_000)));
        Assert.Throws<DerivationException>(
            () => Derivation.Parse(StoreDirectory.Default, Path, new byte[Derivation.MaxByteLength + 1]));
    }

    private static Derivation Parse(string text) =>
        Derivation.Parse(StoreDirectory.Default, Path, Encoding.UTF8.GetBytes(text));
}
