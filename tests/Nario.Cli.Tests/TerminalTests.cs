using System.Text;
using Nario.Cli.Tests.Support;
using Nario.Codec;

namespace Nario.Cli.Tests;

/// <summary>Looks at what a terminal is sent.</summary>
public sealed class TerminalTests
{
    private static readonly byte[] Odd = MakeNario("a\u001b[2J\nb\u202e", "to\u0007\u0085");

    [Fact]
    public void Escapes_names_for_a_terminal_only()
    {
        string shown = Encoding.UTF8.GetString(List(true, "-lR"));

        Assert.Contains("-odd/a\\x1b[2J\\x0ab\\u{202e} -> to\\x07\\u{85}\n", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(shown, static character => char.IsControl(character) && character != '\n');
        Assert.Contains(
            "-odd/a\u001b[2J\nb\u202e -> to\u0007\u0085\n",
            Encoding.UTF8.GetString(List(false, "-lR")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Escapes_json_for_a_terminal_further()
    {
        string shown = Encoding.UTF8.GetString(List(true, "--json", "-R", "--no-pretty"));
        string plain = Encoding.UTF8.GetString(List(false, "--json", "-R"));

        Assert.Contains("\"a\\u001b[2J\\nb\\u202e\":{\"target\":\"to\\u0007\\u0085\"", shown, StringComparison.Ordinal);
        Assert.Contains("\"a\\u001b[2J\\nb\u202e\":{\"target\":\"to\\u0007\u0085\"", plain, StringComparison.Ordinal);
    }

    [Fact]
    public void Indents_json_for_a_terminal_or_when_told_to()
    {
        const string Expected =
            """
            {
              "paths": {
                "/nix/store/00000000000000000000000000000000-odd": {
                  "ca": null,
                  "contents": {
                    "entries": {
                      "a\u001b[2J\nb\u202e": {
                        "target": "to\u0007\u0085",
                        "type": "symlink"
                      }
                    },
                    "type": "directory"
                  },
                  "deriver": null,
                  "narHash": "sha256-AzRTpl9umSqcQ6Hy1JrvmnfacjvRxwbbfwbplNs8SzY=",
                  "narSize": 296,
                  "references": [
                    "/nix/store/00000000000000000000000000000000-odd"
                  ],
                  "registrationTime": null,
                  "signatures": [],
                  "ultimate": false
                }
              },
              "version": 1
            }

            """;

        Assert.Equal(Expected, Encoding.UTF8.GetString(List(true, "--json", "-R")));
        Assert.Equal(
            Expected.Replace("\\u202e", "\u202e", StringComparison.Ordinal)
                .Replace("\\u0085", "\u0085", StringComparison.Ordinal),
            Encoding.UTF8.GetString(List(false, "--json", "-R", "--pretty")));
    }

    [Fact]
    public void Shows_progress_on_a_terminal_and_takes_it_away()
    {
        RunResult quiet = Watch("--quiet");
        RunResult shown = Watch();

        Assert.Equal("", quiet.Errors);
        Assert.EndsWith("MiB\r\e[K", shown.Errors, StringComparison.Ordinal);
        Assert.Equal(quiet.Output, shown.Output);
    }

    private static RunResult Watch(params string[] options) =>
        new InProcess { Input = new WaitingStream(Odd), IsErrorTerminal = true }.Run(["list", .. options]);

    private static byte[] List(bool isTerminal, params string[] options) =>
        new InProcess { Input = new MemoryStream(Odd), IsOutputTerminal = isTerminal }
            .Run(["list", .. options]).AssertSuccess();

    private static byte[] MakeNario(string name, string target)
    {
        using MemoryStream output = new();
        NarioWriter writer = new(output, NarioVersion.Find(1)!);
        const string Path = "00000000000000000000000000000000-odd";
        INarSink tree = writer.BeginPath(new NarioPathInfo { Path = Path, References = [Path] });
        tree.BeginDirectory();
        tree.BeginEntry(Encoding.UTF8.GetBytes(name));
        tree.WriteSymlink(Encoding.UTF8.GetBytes(target));
        tree.EndDirectory();
        writer.EndPath();
        writer.Complete();
        return output.ToArray();
    }
}
