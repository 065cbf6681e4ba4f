using Nario.Flakes.Tests.Support;
using Nario.Store.Local.Trees;
using Nario.Store.Pipeline;

namespace Nario.Flakes.Tests.Cloning;

public sealed class GitTests : IDisposable
{
    private const string Git = "git";

    private readonly Support.Cloning _cloning = new();

    public void Dispose() => _cloning.Dispose();

    /// <summary>The cases of a real <c>nix flake clone</c>: what is left, the branch (HEAD: none), and the origin.</summary>
    [ProgramTheory(Git)]
    [InlineData("git+file://{S}", "main", "{S}")]
    [InlineData("{S}", "main", "{S}")]
    [InlineData("git+file://{S}?ref=dev", "dev", "{S}")]
    [InlineData("git+file://{S}?ref=v1", "HEAD", "{S}")]
    [InlineData("git+file://{S}?dir=sub", "main", "{S}")]
    [InlineData("git+file://{S}?shallow=1", "main", "{S}")]
    [InlineData("git+file://{S}?submodules=1", "main", "{S}")]
    [InlineData("git+file://{B}", "main", "file://{B}")]
    [InlineData("git+file://{B}?ref=dev", "dev", "file://{B}")]
    [InlineData("git+file://{S}?rev={M}", "main", "{S}")]
    [InlineData("git+file://{S}?rev={D}", "HEAD", "{S}")]
    [InlineData("git+file://{S}?ref=dev&rev={D}", "dev", "{S}")]
    [InlineData("git+file://{S}?ref=dev&rev={M}", "HEAD", "{S}")]
    [InlineData("github:o/r", "main", "https://github.com/o/r.git")]
    [InlineData("github:o/r/dev", "dev", "https://github.com/o/r.git")]
    [InlineData("github:o/r/v1", "HEAD", "https://github.com/o/r.git")]
    [InlineData("github:o/r/{D}", "HEAD", "https://github.com/o/r.git")]
    [InlineData("github:o/r?host=github.com", "main", "https://github.com/o/r.git")]
    [InlineData("gitlab:o/r", "main", "https://gitlab.com/o/r.git")]
    [InlineData("sourcehut:~o/r", "main", "https://git.sr.ht/~o/r")]
    public void Clones(string reference, string branch, string origin)
    {
        _cloning.Clone(Fill(reference));

        bool isDev = branch == "dev" || reference.EndsWith("{D}", StringComparison.Ordinal);
        Assert.Equal(isDev ? GitWorld.DevListing : GitWorld.MainListing, _cloning.Listing());
        Assert.Equal(isDev ? GitWorld.Dev : GitWorld.Main, Ask("rev-parse", "HEAD"));
        Assert.Equal(branch, Ask("rev-parse", "--abbrev-ref", "HEAD"));
        Assert.Equal(Fill(origin), Ask("config", "remote.origin.url"));
        Assert.Equal(string.Empty, Ask("status", "--porcelain"));
        Assert.Empty(_cloning.LeftOvers());
    }

    [ProgramFact(Git)]
    public void Clones_over_http()
    {
        using StaticServer server = new() { Folder = Path.GetDirectoryName(GitWorld.Bare) };

        _cloning.Clone($"git+{server.Url}/bare.git?ref=dev");

        Assert.Equal(GitWorld.DevListing, _cloning.Listing());
        Assert.Equal($"{server.Url}/bare.git", Ask("config", "remote.origin.url"));
    }

    [ProgramFact(Git)]
    public void Clones_over_the_protocol_of_git()
    {
        using GitDaemon daemon = GitDaemon.Start(Path.GetDirectoryName(GitWorld.Bare)!);

        _cloning.Clone($"git://127.0.0.1:{daemon.Port}/bare.git");

        Assert.Equal(GitWorld.MainListing, _cloning.Listing());
    }

    [ProgramTheory(Git)]
    [InlineData("git+file://{S}?ref=nosuch", "program \"git\" failed with exit code 128")]
    [InlineData("git+file://{S}?ref=refs/heads/dev", "program \"git\" failed with exit code 128")]
    [InlineData("git+file://{S}?rev=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "program \"git\" failed with exit code 128")]
    [InlineData("git+file:///nope", "The path '/nope' does not exist.")]
    [InlineData("git+ext::sh%20-c%20touch%20pwned", "cannot clone 'git+ext::sh%20-c%20touch%20pwned': git over 'ext' is not supported")]
    [InlineData("git+ssh://-oProxyCommand=touch%20pwned/x", "'git+ssh://-oProxyCommand=touch%20pwned/x' does not name a host")]
    [InlineData("git+https:x", "'git+https:x' does not name a host")]
    [InlineData("git+file://{S}?verifyCommit=1",
        "cannot clone 'git+file://{S}?verifyCommit=1': the signature of a commit cannot be verified here")]
    public void Fails(string reference, string message)
    {
        Assert.Equal(Fill(message), _cloning.Fail(Fill(reference)));
        Assert.False(File.Exists("pwned"));
    }

    /// <summary>What git takes for options does not come through as one.</summary>
    [ProgramFact(Git)]
    public void A_branch_that_looks_like_an_option_is_a_branch()
    {
        _cloning.Fail($"git+file://{GitWorld.Source}?ref=--upload-pack=touch${{IFS}}pwned".Replace("${IFS}", "%24", StringComparison.Ordinal));

        Assert.Contains(_cloning.Messages, static text => text.Contains("not found in upstream origin", StringComparison.Ordinal));
        Assert.False(File.Exists("pwned"));
    }

    [ProgramFact(Git)]
    public void What_git_says_comes_through_without_secrets()
    {
        using StaticServer server = new();

        _cloning.Fail($"git+{server.Url.Replace("://", "://user:secret@", StringComparison.Ordinal)}/none.git");

        Assert.Equal("Cloning into 'dest'...", _cloning.Messages[0]);
        Assert.Contains(_cloning.Messages, static text => text.StartsWith("fatal: ", StringComparison.Ordinal));
        Assert.DoesNotContain(_cloning.Messages, static text => text.Contains("secret", StringComparison.Ordinal));
    }

    [ProgramFact(Git)]
    public void The_hash_is_that_of_the_commit()
    {
        _cloning.Options = _cloning.Options with { ComputesHash = true };
        string? filtered = GitWorld.Ask(GitWorld.Source, "rev-parse", "--show-toplevel");

        CloneResult result = _cloning.Clone($"git+file://{filtered}");

        // The working copy without the folder of git is the same here.
        Directory.Delete(_cloning.Join("dest", ".git"), recursive: true);
        string hash = NarDigest.Of(sink => TreeWalker.Walk(_cloning.Destination, sink), CancellationToken.None).Hash.ToSri();
        Assert.Equal(hash, result.NarHash!.ToSri());
        string encoded = Uri.EscapeDataString(hash);
        _cloning.Clone($"git+file://{GitWorld.Bare}?narHash={encoded}", "again");
        Assert.Equal(
            hash,
            _cloning.Fail<PinMismatchException>($"git+file://{GitWorld.Bare}?ref=dev&narHash={encoded}", "third").Expected);
    }

    [ProgramFact(Git)]
    public void Times_and_counts_are_checked()
    {
        _cloning.Clone($"git+file://{GitWorld.Bare}?ref=dev&lastModified=1767323045&revCount=2");

        Assert.Equal("1767323045", _cloning.Fail<PinMismatchException>($"git+file://{GitWorld.Bare}?lastModified=5", "b").Actual);
        Assert.Equal("1", _cloning.Fail<PinMismatchException>($"git+file://{GitWorld.Bare}?revCount=5", "c").Actual);
        Assert.DoesNotContain(_cloning.Messages, static text => text.Contains("is not checked", StringComparison.Ordinal));
    }

    [ProgramFact(Git)]
    public void What_has_no_effect_is_said()
    {
        _cloning.Clone($"git+file://{GitWorld.Bare}?shallow=1&submodules=1&lfs=1&exportIgnore=1&allRefs=1");

        Assert.Equal(5, _cloning.Messages.Count(static text => text.EndsWith("has no effect on a clone", StringComparison.Ordinal)));
    }

    [ProgramFact(Git)]
    public void An_empty_folder_may_be_there()
    {
        Directory.CreateDirectory(_cloning.Destination);

        _cloning.Clone($"git+file://{GitWorld.Bare}");

        Assert.Equal(GitWorld.MainListing, _cloning.Listing());
    }

    [ProgramFact(Git)]
    public void A_link_to_an_empty_folder_stays_a_link()
    {
        Directory.CreateDirectory(_cloning.Join("real"));
        File.CreateSymbolicLink(_cloning.Destination, "real");

        _cloning.Clone($"git+file://{GitWorld.Bare}");

        Assert.Equal("real", new FileInfo(_cloning.Destination).LinkTarget);
        Assert.Equal(GitWorld.MainListing, _cloning.Listing("real"));
    }

    [ProgramFact(Git)]
    public void A_folder_with_something_in_it_stays()
    {
        _cloning.AddFile("dest/file", "old");

        Assert.Equal(
            "destination path 'dest' already exists and is not an empty directory",
            _cloning.Fail($"git+file://{GitWorld.Bare}"));
        Assert.Equal(["file"], TemporaryFolder.ListBelow(_cloning.Destination));
    }

    [ProgramFact(Git)]
    public void The_current_folder_stays() => Assert.StartsWith(
        "cannot put another folder in the place of the current one",
        CloneInto(".").Message,
        StringComparison.Ordinal);

    [ProgramFact(Git)]
    public void Folders_above_are_made_and_go_again()
    {
        _cloning.Fail($"git+file://{GitWorld.Bare}?ref=nosuch", "a/b/c");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_cloning.Root));

        _cloning.Clone($"git+file://{GitWorld.Bare}", "a/b/c");
        Assert.Equal(GitWorld.MainListing, _cloning.Listing("a/b/c"));
    }

    [ProgramFact(Git)]
    public void Offline_only_files_are_cloned()
    {
        _cloning.Options = _cloning.Options with { IsOffline = true };

        Assert.Equal("cannot fetch 'github:o/r' in offline mode", _cloning.Fail("github:o/r"));
        _cloning.Clone($"git+file://{GitWorld.Bare}");
    }

    private static FlakeException CloneInto(string destination)
    {
        using Support.Cloning other = new();
        return Assert.Throws<FlakeException>(() => other.Clone($"git+file://{GitWorld.Bare}", destination));
    }

    private string Ask(params string[] arguments) => GitWorld.Ask(_cloning.Destination, arguments);

    private static string Fill(string text) => text
        .Replace("{S}", GitWorld.Source, StringComparison.Ordinal)
        .Replace("{B}", GitWorld.Bare, StringComparison.Ordinal)
        .Replace("{M}", GitWorld.Main, StringComparison.Ordinal)
        .Replace("{D}", GitWorld.Dev, StringComparison.Ordinal);
}
