using System.Text;
using Nario.Codec;
using Nario.Interop.Tests.Support;
using Nario.Store.Hashes;
using Nario.Store.Paths;
using Nario.Testing;

namespace Nario.Interop.Tests;

/// <summary>Imports derivations that Nix has made.</summary>
public sealed class DerivationTests : IDisposable
{
    private const string OutputQuery =
        "select o.id, o.path, p.path from DerivationOutputs o join ValidPaths p on p.id = o.drv order by 1, 2, 3";

    // Fixed outputs of several makers that count as one, several outputs, escapes, sources.
    private const string Expression = """
        let
          common = { builder = "/bin/sh"; system = "any"; };
          make = attributes: derivation (common // attributes);
          fixed = url: make {
            name = "fixed"; inherit url; outputHashMode = "recursive"; outputHashAlgo = "sha256";
            outputHash = "0000000000000000000000000000000000000000000000000000";
          };
          flat = make {
            name = "flat"; outputHashMode = "flat"; outputHashAlgo = "sha1";
            outputHash = "0000000000000000000000000000000000000000";
          };
          source = builtins.toFile "source" "line\n\ttab \"quoted\" \\ back\r";
          multi = first: second: make {
            name = "multi"; outputs = [ "out" "dev" "doc" ]; inherit source flat first second; text = "a\"b\\c\n\r\té";
          };
        in make {
          name = "top"; args = [ "${multi (fixed "a") (fixed "b")}/bin" "\n" (multi (fixed "b") source).doc ];
        }
        """;

    private readonly TemporaryStore _nix = new();
    private readonly TemporaryStore _store = new();

    public void Dispose()
    {
        _nix.Dispose();
        _store.Dispose();
    }

    [RequiresFact(Needs.Nix)]
    public void Outputs_follow_from_their_derivations_as_in_Nix()
    {
        string top = Encoding.UTF8.GetString(
            NixProgram.Run("nix-instantiate", ["--store", _nix.Root, "--expr", Expression]).Output).TrimEnd();
        string[] closure = NixProgram.RunStore(_nix.Root, "--query", "--requisites", top)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        byte[] nario = NixProgram.Run("nix-store", ["--store", _nix.Root, "--export", .. closure]).Output;

        Engines.Import(_store, nario);

        IReadOnlyList<string> outputs = _store.Query(OutputQuery);
        Assert.Equal(10, outputs.Count);
        Assert.Equal(_nix.Query(OutputQuery), outputs);
    }

    /// <summary>Gets derivations, with whether they are imported here and by the installed Nix. FIXED is the path of another one with a
    /// fixed output, and INPUT that of one whose path follows from it.</summary>
    public static TheoryData<string, bool, bool> Odd => new()
    {
        { """Derive([("out","","","")],[],[],"x","/b",[],[("out","")])""", true, true },
        { """Derive([],[],[],"x","/b",[],[])""", false, false },
        { """Derive([("out","","",""),("lib","/nix/store/00000000000000000000000000000000-top-lib","","")],[],[],"x","/b",[],[])""", false, false },
        { """Derive([("out","/nix/store/00000000000000000000000000000000-top","","")],[],[],"x","/b",[],[])""", false, false },
        { """Derive([("out","","","")],[("/nix/store/FIXED",["out"])],[],"x","/b",[],[])""", true, true },
        { """Derive([("out","PATH","","")],[("/nix/store/FIXED",["out"])],[],"x","/b",[],[("out","PATH")])""", true, true },
        { """Derive([("out","PATH","","")],[("/nix/store/FIXED",["out"])],[],"x","/b",[],[("out","/x")])""", false, false },
        { """Derive([("out","PATH","","")],[("/nix/store/FIXED",["out"])],[],"x","/b",[],[])""", false, false },
        { """Derive([("out","PATH","","")],[("/nix/store/FIXED",["out"])],["/nix/store/FIXED"],"x","/b",[],[("out","PATH")])""", true, true },
        { """Derive([("out","PATH","","")],[("/nix/store/FIXED",["lib"])],[],"x","/b",[],[("out","PATH")])""", false, false },
        { """Derive([("out","PATH","","")],[("/nix/store/INPUT",["lib"])],[],"x","/b",[],[("out","PATH")])""", false, false },
        { """Derive([("out","PATH","","")],[("/nix/store/INPUT",["out","out"])],[],"x","/b",[],[("out","PATH")])""", true, true },
        { """Derive([("out","PATH","","")],[("/nix/store/INPUT",[])],[],"x","/b",[],[("out","PATH")])""", true, true },
        { """Derive([("out","PATH","","")],[("/nix/store/00000000000000000000000000000000-no.drv",["out"])],[],"x","/b",[],[("out","PATH")])""", false, false },

        // Nothing follows from a path without an output: this Nix does not look for it.
        { """Derive([("out","","","")],[("/nix/store/FIXED",["lib"])],[],"x","/b",[],[])""", false, true },
        { """Derive([("out","","",""),("out","","","")],[],[],"x","/b",[],[])""", false, true },
        { """Derive([("out","","","")],[],[],"x","/b",[],[("b",""),("a","")])""", false, true },
    };

    [RequiresTheory(Needs.Nix)]
    [MemberData(nameof(Odd))]
    public void Odd_derivations_have_the_verdict_of_Nix_or_a_stricter_one(string text, bool isAccepted, bool isAcceptedByNix)
    {
        const string Hash = "594e519ae499312b29433b7dd8a97ff068defcba9755b6d5d00e84c524d67b06";
        StorePath output = new ContentAddress(
                ContentAddressMethod.Flat, NixHash.ParseAny($"sha256:{Hash}"))
            .ComputePath(StoreDirectory.Default, "f", []);
        StorePath fixedOutput = TestStorePath.Named("f.drv");
        StorePath input = TestStorePath.Named("input.drv");
        StorePath top = TestStorePath.Named("top.drv");
        string fixedText =
            $"""Derive([("out","/nix/store/{output}","sha256","{Hash}")],[],[],"x","/b",[],[("out","/nix/store/{output}")])""";
        string inputText = FillPath(
            fixedOutput,
            fixedText,
            input,
            """Derive([("out","PATH","","")],[("/nix/store/FIXED",["out"])],[],"x","/b",[],[("out","PATH")])""");
        string topText = FillPath(fixedOutput, fixedText, top, text, (input, inputText));
        byte[] nario = TestNario.Write(
            1,
            Describe(fixedOutput, fixedText),
            Describe(input, inputText, fixedOutput),
            Describe(top, topText, fixedOutput, input));

        Assert.Equal(isAccepted, Verdict.GetRefusal(() => Engines.Import(_store, nario)) is null);
        Assert.Equal(isAcceptedByNix, Nix.TryImport(_nix, nario));
        if (isAccepted && isAcceptedByNix)
        {
            Assert.Equal(_nix.Query(OutputQuery), _store.Query(OutputQuery));
        }
    }

    /// <summary>Fills in the names of the others, and the path that follows, as an import says it.</summary>
    private static string FillPath(
        StorePath fixedOutput, string fixedText, StorePath path, string text, params (StorePath Path, string Text)[] inputs)
    {
        text = text.Replace("FIXED", fixedOutput.BaseName, StringComparison.Ordinal)
            .Replace("INPUT", inputs.Length == 0 ? "" : inputs[0].Path.BaseName, StringComparison.Ordinal);
        string wrong = text.Replace("PATH", $"/nix/store/{TestStorePath.Named("wrong")}", StringComparison.Ordinal);
        using TemporaryStore store = new();
        byte[] nario = TestNario.Write(
            1,
            [
                Describe(fixedOutput, fixedText),
                .. inputs.Select(input => Describe(input.Path, input.Text, fixedOutput)),
                Describe(path, wrong, [fixedOutput, .. inputs.Select(static input => input.Path)]),
            ]);
        string right = Verdict.GetRefusal(() => Engines.Import(store, nario)) is { } refusal && refusal.Contains("which makes", StringComparison.Ordinal)
            ? refusal.Split('\'')[^2]
            : "/nix/store/00000000000000000000000000000000-top";
        return text.Replace("PATH", right, StringComparison.Ordinal);
    }

    private static (NarioPathInfo Info, Action<INarSink> Tell) Describe(StorePath path, string text, params StorePath[] references) =>
        (
            new NarioPathInfo { Path = path.BaseName, References = [.. references.Order().Select(static item => item.BaseName)] },
            sink => SampleTree.WriteFile(sink, false, Encoding.UTF8.GetBytes(text)));
}
