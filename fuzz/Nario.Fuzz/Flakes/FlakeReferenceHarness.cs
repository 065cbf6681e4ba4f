using Nario.Flakes.References;
using Nario.Fuzz.Seeds;
using Nario.Fuzz.Text;

namespace Nario.Fuzz.Flakes;

/// <summary>A flake reference.</summary>
internal sealed class FlakeReferenceHarness : TextHarness
{
    /// <inheritdoc/>
    public override string Name => "flake-reference";

    /// <inheritdoc/>
    public override string Description => "reads a flake reference: it is refused, or comes back from what it prints";

    /// <inheritdoc/>
    protected override IEnumerable<string> GetTexts(Samples samples) =>
    [
        "nixpkgs/branch/41a69b5f1b589f868af51971261d7abf6c714423#fragment", "flake:/nixpkgs///branch////",
        "github://////owner%42/////repo%41///branch%43////?host=h.example&dir=x", "gitlab:veloren%2Fdev/rfcs?ref=branch%23",
        "sourcehut:~misterio/nix-colors?rev=41a69b5f1b589f868af51971261d7abf6c714423",
        "git+ssh://user:p%40ss@domain:1234/path?ref=v1&shallow=1&submodules=1&lfs=1&exportIgnore=1&allRefs=1&verifyCommit=1",
        "git+file:./flake1?publicKey=x&keytype=y&publicKeys=z&foo=bar", "hg+https://h/r?ref=default&revCount=5",
        "path:../parent?dir=sub dir&lastModified=1", "/foo bar/baz?dir=bla space#\"x^y\"", "https://[::1%25eth0]:80/a?b=2&z=1&name=n",
        "file+file:///t/x.tar.gz?unpack=1", "tarball+http://localhost:8181/test/+3d.tar.gz?type=t&url=u",
        "file:///t/a?narHash=sha256-Hr8g6AqANb3xqX28eu1XnjK/3ab8Gv6TJSnkb1LezG8=",
    ];

    /// <inheritdoc/>
    protected override void Read(string text)
    {
        ParsedFlakeReference parsed = FlakeReference.Parse(text);
        FindingException.Unless(!parsed.Warnings.Any(static warning => warning.Any(char.IsControl)), "a warning holds a control character");
        FindingException.Unless(
            FlakeReference.Parse(parsed.Reference.ToString()).Reference == parsed.Reference,
            $"'{parsed.Reference}' is read as another reference than the one that prints it");
    }
}
