using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Nario.Flakes.References;

namespace Nario.Flakes.Tests.References;

public sealed class ReferenceSyntaxTests
{
    [Theory]
    [InlineData("foox")]
    [InlineData("1337")]
    [InlineData("foo.baz")]
    [InlineData("foo/bar/baz")]
    [InlineData("foo./bar")]
    [InlineData("heads/foo@bar")]
    [InlineData("heads/fuß")]
    [InlineData("foo-bar-baz")]
    [InlineData("branch#")]
    [InlineData("$1")]
    [InlineData("foo.locke")]
    [InlineData("A/b")]
    [InlineData("AaA/b")]
    [InlineData("FOO/BAR/BAZ")]
    [InlineData("HEAD")]
    [InlineData("refs/tags/1.2.3")]
    [InlineData("refs/heads/master")]
    public void Names_that_git_takes(string name) => Assert.True(GitRefName.IsValid(name));

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("/foo")]
    [InlineData("///heads/foo")]
    [InlineData("refs///heads/foo")]
    [InlineData("heads/foo/")]
    [InlineData(".foo")]
    [InlineData("./foo")]
    [InlineData("foo/./bar")]
    [InlineData("foo/bar/.")]
    [InlineData(".refs/foo")]
    [InlineData("refs/heads/foo.")]
    [InlineData("a..b")]
    [InlineData("x.lock")]
    [InlineData("foo.lock/bar")]
    [InlineData("heads/v@{ation")]
    [InlineData("a b")]
    [InlineData("a~")]
    [InlineData("a^")]
    [InlineData("a:")]
    [InlineData("a?")]
    [InlineData("a*")]
    [InlineData("a[")]
    [InlineData("a\\")]
    [InlineData("a\x01")]
    [InlineData("a\x7f")]
    public void Names_that_git_refuses(string name) => Assert.False(GitRefName.IsValid(name));

    [Theory]
    [InlineData("http://h/a|b", 11)]
    [InlineData("http://h/a b", 11)]
    [InlineData("http://h/%zz", 10)]
    [InlineData("http://h/a?x=\\", 14)]
    [InlineData("http://h/a#<", 12)]
    [InlineData("http://h:0/a", 10)]
    [InlineData("http://h:99999/a", 10)]
    [InlineData("http://[::1/a", 8)]
    [InlineData("github:a/b?bad=1", 12)]
    [InlineData("path:/a?rev=abc", 9)]
    [InlineData("http://h/a?narHash=md5-x", 12)]
    [InlineData("http://h/a?narHash=x", 12)]
    [InlineData("file:a.tar", 1)]
    [InlineData("a\nb", 2)]
    public void Errors_say_where(string text, int column) =>
        Assert.Equal(column, Assert.Throws<FlakeReferenceException>(() => FlakeReference.Parse(text)).Column);

    [Theory]
    [InlineData("path:/a?rev=abc", "hash 'abc' has wrong length for hash algorithm 'sha1'")]
    [InlineData("http://h/a?narHash=x", "hash 'x' is not SRI")]
    [InlineData("http://h/a?narHash=sha512-x", "narHash must use SHA-256")]
    [InlineData("path:/a?revCount=x", "path URL 'path:/a?revCount=x' has invalid parameter 'revCount'")]
    [InlineData("nope", null)]
    [InlineData("./relative", "flake reference './relative' is not an absolute path")]
    public void Messages(string text, string? message)
    {
        string? shown = null;
        try
        {
            FlakeReference.Parse(text);
        }
        catch (FlakeReferenceException error)
        {
            shown = error.Message;
        }

        Assert.Equal(message, shown);
    }

    [Theory]
    [InlineData("http://h/a?x=1&x=2", "parameter 'x' is given more than once, the first value counts")]
    [InlineData("http://h/a?lastModified=x", "parameter 'lastModified' is ignored: 'x' is not an integer")]
    [InlineData("flake:a?x=1", "parameter 'x' has no effect in 'flake:a?x=1'")]
    public void What_has_no_effect_is_said(string text, string warning) =>
        Assert.Equal([warning], FlakeReference.Parse(text).Warnings);

    [Fact]
    public void An_empty_hash_is_that_of_no_tree() =>
        Assert.Equal(new byte[32], FlakeReference.Parse("http://h/a?narHash=").Reference.NarHash!.Bytes.ToArray());

    /// <summary>Whatever text is taken as a reference comes back from what it prints.</summary>
    [Property(MaxTest = 2000)]
    public bool Any_text_that_is_taken_comes_back(int form, NonNull<string> tail) => ComesBack(
        ((string[])["", "path:", "path:/", "http://h/", "git+file:", "git+ssh://u@h/", "github:a/", "gitlab:a/b?", "flake:a/", "x",
            "hg+https://h/?", "file:/", "file+http://", "tarball+https:", "sourcehut://~a/b/", "/", "/?", "github:a/b?ref="])[
            (int)((uint)form % 18)] + tail.Get);

    /// <summary>A reference that is made of any names comes back from what it prints.</summary>
    [Property(MaxTest = 2000)]
    public bool Any_reference_comes_back(int kind, NonEmptyString first, NonEmptyString second, ulong? number, bool flag)
    {
        string one = Clean(first.Get);
        string two = Clean(second.Get);
        string? commit = flag ? new string('a', 40) : null;
        FlakeUrl url = FlakeUrl.OfPath("https", new UrlAuthority("h") { User = flag ? one : null, Password = flag ? two : null }, $"/{one}")
            .WithParameter($"x{one}", two);
        FlakeReference reference = ((uint)kind % 6) switch
        {
            0 => new PathReference(Path.GetFullPath($"/a{one.Replace('/', 'x')}")) { Rev = commit, RevCount = number },
            1 => new GitReference(url) { Ref = Name(two), Rev = commit, Submodules = flag, KeyType = two, LastModified = number },
            2 => new MercurialReference(url) { Rev = commit, RevCount = number },
            3 => new TarballReference(url) { Rev = commit, LastModified = number, Dir = two },
            4 => new FileReference(url) { NarHash = NarHashText.Parse(string.Empty) },
            _ => new ForgeReference(Forge.SourceHut, one, two) { Ref = flag ? Name(one) : null, Dir = two },
        };
        return FlakeReference.Parse(reference.ToString()).Reference == reference;
    }

    private static bool ComesBack(string text)
    {
        ParsedFlakeReference parsed;
        try
        {
            parsed = FlakeReference.Parse(text);
        }
        catch (FlakeReferenceException)
        {
            return true;
        }

        return FlakeReference.Parse(parsed.Reference.ToString()).Reference == parsed.Reference;
    }

    /// <summary>Gets the text without what no text in UTF-8 has, and no name on a disk.</summary>
    private static string Clean(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '0').Replace('\n', 'n').Replace('\r', 'r');

    private static string Name(string text)
    {
        string name = new([.. text.Where(static character => GitRefName.IsValid($"a{character}b"))]);
        return $"a{name.Replace("..", ".", StringComparison.Ordinal).Replace("//", "/", StringComparison.Ordinal)}b";
    }
}
