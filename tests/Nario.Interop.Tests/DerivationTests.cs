using System.Text;
using Nario.Interop.Tests.Support;
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
}
