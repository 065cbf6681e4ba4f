using System.Globalization;
using Nario.Flakes.References;

namespace Nario.Flakes.Tests.References;

/// <summary>The examples of references that Nix's tests, its manual and its source give, by number.</summary>
/// <remarks>
/// In them <c>{R}</c> is the folder of the test and <c>{U}</c> the same in a URL. <c>{R}/g</c> is a repository with a flake,
/// <c>{R}/g/s</c> a flake in it, <c>{R}/g/e</c> an empty folder in it, <c>{R}/n</c> a repository without a flake,
/// <c>{R}/p</c> a folder with one and <c>{R}/p/e</c> an empty folder in that. The current folder is <c>{R}/w</c>, but for
/// references that begin with <c>@FOLDER </c>. <c>{C}</c> is a commit.
/// </remarks>
public sealed class ReferenceExampleTests : IDisposable
{
    private const string Commit = "41a69b5f1b589f868af51971261d7abf6c714423";

    private const string UpperCommit = "41A69B5F1B589F868AF51971261D7ABF6C714423";

    private const string Hash = "sha256-Hr8g6AqANb3xqX28eu1XnjK/3ab8Gv6TJSnkb1LezG8=";

    private const string LooseHash = "sha256-Hr8g6AqANb3xqX28eu1XnjK/3ab8Gv6TJSnkb1LezG9";

    private readonly TemporaryFolder _folder = new();

    public ReferenceExampleTests()
    {
        foreach (string folder in (string[])["w", "w/flake1", "g/.git", "g/s", "g/e", "n/.git", "n/sub", "p/e", "foo bar/baz"])
        {
            Directory.CreateDirectory(_folder.Join(folder));
        }

        foreach (string file in (string[])["g/flake.nix", "g/s/flake.nix", "p/flake.nix", "foo bar/baz/flake.nix", "simple.nix"])
        {
            File.WriteAllText(_folder.Join(file), "{ outputs = _: { }; }");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, "flake:nixpkgs", "type=indirect id=nixpkgs")]
    [InlineData(1, "nixpkgs", "type=indirect id=nixpkgs")]
    [InlineData(2, "flake:nixpkgs/branch", "type=indirect id=nixpkgs ref=branch")]
    [InlineData(2, "nixpkgs/branch", "type=indirect id=nixpkgs ref=branch")]
    [InlineData(2, "nixpkgs/branch////", "type=indirect id=nixpkgs ref=branch")]
    [InlineData(3, "nixpkgs/branch/{C}", "type=indirect id=nixpkgs ref=branch rev={C}")]
    [InlineData(3, "nixpkgs/branch///{C}///", "type=indirect id=nixpkgs ref=branch rev={C}")]
    [InlineData(4, "nixpkgs/{C}", "type=indirect id=nixpkgs rev={C}")]
    [InlineData(4, "nixpkgs/" + UpperCommit, "type=indirect id=nixpkgs rev={C}")]
    [InlineData(5, "flake:/nixpkgs///branch////", "type=indirect id=nixpkgs ref=branch")]
    [InlineData(6, "nixpkgs//branch", "0: getting status of \"{R}/w/nixpkgs/branch\": No such file or directory")]
    [InlineData(7, "nixpkgs/a/b", "0: in flake URL 'flake:nixpkgs/a/b', 'b' is not a commit hash (column 11)")]
    [InlineData(8, "nixpkgs/a/b/c", "13: GitHub URL 'flake:nixpkgs/a/b/c' is invalid (column 13)")]
    [InlineData(9, "nixpkgs/foo..bar",
        "9: in flake URL 'flake:nixpkgs/foo..bar', 'foo..bar' is not a commit hash or branch/tag name (column 9)")]
    [InlineData(10, "flake:nixpkgs?ref=x",
        "type=indirect id=nixpkgs ! parameter 'ref' has no effect in 'flake:nixpkgs?ref=x'")]
    [InlineData(11, "nixpkgs?ref=x", "0: getting status of \"{R}/w/nixpkgs\": No such file or directory")]
    [InlineData(12, "flake1#foo", "type=indirect id=flake1 #foo")]
    [InlineData(13, "github:foo/bar/branch%23", "type=github owner=foo repo=bar ref=branch#")]
    [InlineData(13, "github:foo/bar?ref=branch%23", "type=github owner=foo repo=bar ref=branch#")]
    [InlineData(14, "github:foo/bar?ref=branch#\"name.with.dot\"",
        "type=github owner=foo repo=bar ref=branch #\"name.with.dot\"")]
    [InlineData(15, "github:foo/bar#\"name.with.dot\"", "type=github owner=foo repo=bar #\"name.with.dot\"")]
    [InlineData(16, "github://////owner%42/////repo%41///branch%43////", "type=github owner=ownerB repo=repoA ref=branchC")]
    [InlineData(17, "gitlab:/owner%252Fsubgroup/////repo%41///branch%43////",
        "type=gitlab owner=owner%2Fsubgroup repo=repoA ref=branchC")]
    [InlineData(18, "gitlab:veloren%2Fdev/rfcs", "type=gitlab owner=veloren/dev repo=rfcs")]
    [InlineData(19, "github:NixOS/nixpkgs/pull/357207/head", "type=github owner=NixOS repo=nixpkgs ref=pull/357207/head")]
    [InlineData(20, "github:NixOS/nixpkgs/nixos-20.09", "type=github owner=NixOS repo=nixpkgs ref=nixos-20.09")]
    [InlineData(21, "github:edolstra/dwarffs/{C}", "type=github owner=edolstra repo=dwarffs rev={C}")]
    [InlineData(22, "github:edolstra/nix-warez?dir=blender", "type=github owner=edolstra repo=nix-warez dir=blender")]
    [InlineData(23, "github:internal/project?host=company-github.example.org",
        "type=github owner=internal repo=project host=company-github.example.org")]
    [InlineData(24, "github:a/b?tag=foo", "12: URL 'github:a/b?tag=foo' contains unknown parameter 'tag' (column 12)")]
    [InlineData(25, "github:nixos/nixpkgs/nixpkgs.git?ref={C}",
        "34: URL 'github:nixos/nixpkgs/nixpkgs.git?ref={C}' contains multiple branch/tag names (column 34)")]
    [InlineData(26, "github:foo", "8: URL 'github:foo' is invalid (column 8)")]
    [InlineData(27, "github:a/b?host=x:80", "12: URL 'github:a/b?host=x:80' contains an invalid instance host (column 12)")]
    [InlineData(28, "gitlab:github.com/evil", "type=gitlab owner=github.com repo=evil")]
    [InlineData(29, "sourcehut:~misterio/nix-colors/{C}?host=hg.sr.ht",
        "type=sourcehut owner=~misterio repo=nix-colors host=hg.sr.ht rev={C}")]
    [InlineData(30, "git://somewhere/repo?ref=branch", "type=git url=git://somewhere/repo ref=branch")]
    [InlineData(31, "git+https://somewhere.aaaaaaa/repo?ref=branch", "type=git url=https://somewhere.aaaaaaa/repo ref=branch")]
    [InlineData(32, "git+https://github.com/NixOS/patchelf?ref=master&rev={C}",
        "type=git url=https://github.com/NixOS/patchelf ref=master rev={C}")]
    [InlineData(33, "git+ssh://git@github.com/NixOS/nix?ref=v1.2.3", "type=git url=ssh://git@github.com/NixOS/nix ref=v1.2.3")]
    [InlineData(34, "git+ssh://user@domain:1234/path", "type=git url=ssh://user@domain:1234/path")]
    [InlineData(35, "git+https://example.org/my/repo?shallow=1", "type=git url=https://example.org/my/repo shallow=true")]
    [InlineData(36, "git+file:///g?submodules=1&dir=submodule", "type=git url=file:///g submodules=true dir=submodule")]
    [InlineData(37, "git+file:///g?submodules=true", "type=git url=file:///g")]
    [InlineData(38, "git+file:///g?ref=HEAD#default", "type=git url=file:///g ref=HEAD #default")]
    [InlineData(39, "git+file:///x/flake%202", "type=git url=file:///x/flake%202")]
    [InlineData(40, "@g git+file:.", "type=git url=file:{U}/g")]
    [InlineData(40, "git+file:./flake1", "type=git url=file:{U}/w/flake1")]
    [InlineData(41, "git+file:///g?bar", "type=git url=file:///g ! dubious URI query 'bar' is missing equal sign '=', ignoring")]
    [InlineData(42, "git+file:///g?foo=bar", "type=git url=file:///g?foo=bar")]
    [InlineData(43, "git+file:///g?rev={C}", "type=git url=file:///g rev={C}")]
    [InlineData(44, "git+file:///g?ref=foo..bar", "15: invalid Git branch/tag name 'foo..bar' (column 15)")]
    [InlineData(45, "hg+file:///h", "type=hg url=file:///h")]
    [InlineData(46, "path:.", "type=path path={R}/w")]
    [InlineData(46, "path:sub/dir", "type=path path={R}/w/sub/dir")]
    [InlineData(46, "path:../parent", "type=path path={R}/parent")]
    [InlineData(47, "path:///p", "type=path path=/p")]
    [InlineData(47, "path:/b?dir=foo1", "type=path path=/b dir=foo1")]
    [InlineData(48, "path:///p/README.md", "type=path path=/p/README.md")]
    [InlineData(49, "{R}/p?revCount=123&rev={C}", "type=path path={R}/p rev={C} revCount=123")]
    [InlineData(50, "{R}/p?xyzzy=123", "*: path URL 'path://{U}/p?xyzzy=123' has unsupported parameter 'xyzzy'")]
    [InlineData(51, "{R}/foo bar/baz?dir=bla space", "type=path path={R}/foo bar/baz dir=bla space")]
    [InlineData(52, "path://host/x", "8: path URL 'path://host/x' should not have an authority ('host')")]
    [InlineData(53, "{R}/p", "type=path path={R}/p")]
    [InlineData(53, "@p/e ", "type=path path={R}/p > path \"{R}/p/e\" does not contain a 'flake.nix', searching up")]
    [InlineData(53, "@p/e .", "type=path path={R}/p > path \"{R}/p/e\" does not contain a 'flake.nix', searching up")]
    [InlineData(53, "@p/e .#", "type=path path={R}/p > path \"{R}/p/e\" does not contain a 'flake.nix', searching up")]
    [InlineData(53, "@p/e ../e", "type=path path={R}/p > path \"{R}/p/e\" does not contain a 'flake.nix', searching up")]
    [InlineData(54, "path:{U}/p/e", "type=path path={R}/p/e")]
    [InlineData(55, "../simple.nix", "0: path \"{R}/simple.nix\" is not a flake (because it's not a directory)")]
    [InlineData(56, "{R}/g", "type=git url=file://{U}/g")]
    [InlineData(56, "@g .", "type=git url=file://{U}/g")]
    [InlineData(57, "{R}/g/s", "type=git url=file://{U}/g dir=s")]
    [InlineData(58, "{R}/g/e", "type=git url=file://{U}/g > path \"{R}/g/e\" does not contain a 'flake.nix', searching up")]
    [InlineData(59, "{R}/n/sub",
        "0: path \"{R}/n\" is not part of a flake (neither it nor its parent directories contain a 'flake.nix' file)")]
    [InlineData(60, "{R}/g/flake.nix",
        "type=git url=file://{U}/g ! Path \"{R}/g/flake.nix\" should point at the directory containing the 'flake.nix' file, "
        + "not the file itself. Pretending that you meant \"{R}/g\"")]
    [InlineData(61, "{R}/g?submodules=1", "type=git url=file://{U}/g submodules=true")]
    [InlineData(61, "{R}/g?ref=HEAD#default", "type=git url=file://{U}/g ref=HEAD #default")]
    [InlineData(62, "file:///t/flake.tar.gz", "type=tarball url=file:///t/flake.tar.gz")]
    [InlineData(63, "file:///t/test_input_no_ext", "type=tarball url=file:///t/test_input_no_ext")]
    [InlineData(64, "tarball+file:///t/no_ext", "type=tarball url=file:///t/no_ext")]
    [InlineData(64, "file+file:///t/x.tar.gz", "type=file url=file:///t/x.tar.gz")]
    [InlineData(65, "file:///t/flake.tar.gz?narHash=" + Hash, "type=tarball url=file:///t/flake.tar.gz narHash=" + Hash)]
    [InlineData(65, "file:///t/flake.tar.gz?narHash=" + LooseHash, "type=tarball url=file:///t/flake.tar.gz narHash=" + Hash)]
    [InlineData(66, "http://localhost:8181/test/+3d.tar.gz", "type=tarball url=http://localhost:8181/test/%2B3d.tar.gz")]
    [InlineData(67, "http://localhost/tags/latest.tar.gz?rev={C}",
        "type=tarball url=http://localhost/tags/latest.tar.gz rev={C}")]
    [InlineData(68, "https://github.com/NixOS/patchelf/archive/master.tar.gz",
        "type=tarball url=https://github.com/NixOS/patchelf/archive/master.tar.gz")]
    [InlineData(69, "https://x.org/a?z=1&b=2&dir=d", "type=tarball url=https://x.org/a?b=2&z=1 dir=d")]
    [InlineData(70, "file://www.example.org/video.mp4",
        "8: file:// URL 'file://www.example.org/video.mp4' has unexpected authority 'www.example.org' (column 8)")]
    [InlineData(71, "ssh://git@h/x", "1: input 'ssh://git@h/x' is unsupported")]
    [InlineData(71, "ftp://h/x", "1: input 'ftp://h/x' is unsupported")]
    [InlineData(72, "git@github.com:owner/repo.git",
        "0: getting status of \"{R}/w/git@github.com:owner/repo.git\": No such file or directory")]
    [InlineData(73, "file+git:///x", "1: input 'file+git:///x' is unsupported; did you mean 'git+file' instead of 'file+git'?")]
    public void Example(int number, string text, string expected)
    {
        Assert.InRange(number, 1, 73);
        string folder = _folder.Join("w");
        if (text.StartsWith('@'))
        {
            string[] parts = text.Split(' ', 2);
            folder = _folder.Join(parts[0][1..]);
            text = parts[1];
        }

        string[] shown = Show(Fill(text), folder).Split(": ", 2);
        string[] wanted = Fill(expected).Split(": ", 2);
        if (wanted[0] is "0" or "*")
        {
            // A column that the example does not pin.
            shown[0] = wanted[0];
        }

        Assert.Equal(string.Join(": ", wanted), string.Join(": ", shown));
    }

    [Fact]
    public void Every_example_is_there() => Assert.Equal(
        Enumerable.Range(1, 73),
        typeof(ReferenceExampleTests).GetMethod(nameof(Example))!.GetCustomAttributesData()
            .Where(static data => data.AttributeType == typeof(InlineDataAttribute))
            .Select(static data => ((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)[0])
            .Select(static argument => (int)argument.Value!)
            .Distinct());

    [Theory]
    [InlineData("github:foo/bar?ref=branch%23", "github:foo/bar/branch%23")]
    [InlineData("github:NixOS/nixpkgs/pull/357207/head", "github:NixOS/nixpkgs/pull%2F357207%2Fhead")]
    [InlineData("/p?revCount=123&rev={C}", "path:/p?rev={C}&revCount=123")]
    [InlineData("/foo bar/baz?dir=bla space", "path:/foo%20bar/baz?dir=bla%20space")]
    [InlineData("nixpkgs/branch/" + UpperCommit, "flake:nixpkgs/branch/{C}")]
    [InlineData("tarball+https://x.org/+a?narHash=" + Hash,
        "https://x.org/%2Ba?narHash=sha256-Hr8g6AqANb3xqX28eu1XnjK/3ab8Gv6TJSnkb1LezG8%3D")]
    [InlineData("git+https://u:p%40@x.org/r?submodules=1&ref=b", "git+https://u:p%40@x.org/r?ref=b&submodules=1")]
    [InlineData("hg+ssh://h/r?ref=default", "hg+ssh://h/r?ref=default")]
    [InlineData("file+http://h/x", "file+http://h/x")]
    public void Printing(string text, string expected)
    {
        FlakeReference reference = FlakeReference.Parse(Fill(text)).Reference;

        Assert.Equal(Fill(expected), reference.ToString());
        Assert.Equal(reference, FlakeReference.Parse(reference.ToString()).Reference);
    }

    [Theory]
    [InlineData("git+https://user:secret@h/r#x", "git+https://***@h/r")]
    [InlineData("https://token@h/r", "https://***@h/r")]
    [InlineData("git+ssh://git@h/r", "git+ssh://git@h/r")]
    [InlineData("git+ssh://git:secret@h/r", "git+ssh://***@h/r")]
    public void Secrets_are_not_shown(string text, string expected) =>
        Assert.Equal(expected, FlakeReference.Parse(text).Reference.ToPublicText());

    [Theory]
    [InlineData("http://user:secret@h/[x")]
    [InlineData("ftp://user:secret@h/x")]
    [InlineData("path://user:secret@h/x")]
    [InlineData("http://user:secret@h:99999999/x")]
    public void Secrets_are_not_in_errors(string text) => Assert.DoesNotContain(
        "secret", Assert.Throws<FlakeReferenceException>(() => FlakeReference.Parse(text)).Message, StringComparison.Ordinal);

    private static string Show(string text, string folder)
    {
        try
        {
            string notices = string.Empty;
            ParsedFlakeReference parsed = FlakeReference.Parse(text, folder, notice => notices += $" > {notice}");
            Assert.Equal(parsed.Reference, FlakeReference.Parse(parsed.Reference.ToString()).Reference);
            return ReferenceText.Of(parsed) + notices;
        }
        catch (FlakeReferenceException error)
        {
            return $"{error.Column.ToString(CultureInfo.InvariantCulture)}: {error.Message}";
        }
    }

    private string Fill(string text) => text
        .Replace("{R}", _folder.Path, StringComparison.Ordinal)
        .Replace("{U}", string.Join('/', _folder.Path.Split('/').Select(Uri.EscapeDataString)), StringComparison.Ordinal)
        .Replace("{C}", Commit, StringComparison.Ordinal);
}
