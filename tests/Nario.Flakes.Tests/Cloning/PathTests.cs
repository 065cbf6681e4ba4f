using Nario.Store.Posix;

namespace Nario.Flakes.Tests.Cloning;

public sealed class PathTests : IDisposable
{
    private const string WrongHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private readonly Support.Cloning _cloning = new();

    public void Dispose() => _cloning.Dispose();

    [Fact]
    public void A_folder_is_copied_with_all_that_is_in_it()
    {
        MakeTree();

        _cloning.Clone("path:tree");

        Assert.Equal(
            [
                "l /etc/passwd abs", "l nowhere dangling", "d empty", "f file", "x run",
                "d sub", "d sub/.git", "f sub/.git/HEAD", "f sub/old",
            ],
            TemporaryFolder.ListBelow(_cloning.Destination).Select(path => Describe(_cloning.Join("dest", path)) + " " + path));
        Assert.Empty(_cloning.LeftOvers());
    }

    [Fact]
    public void Permissions_are_the_users_and_times_are_new()
    {
        MakeTree();
        File.SetUnixFileMode(_cloning.Join("tree", "file"), UnixFileMode.UserRead);
        File.SetUnixFileMode(_cloning.Join("tree", "run"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.SetLastWriteTimeUtc(_cloning.Join("tree", "file"), DateTime.UnixEpoch);
        string fresh = _cloning.AddFile("fresh", "made by the system");

        _cloning.Clone("path:tree");

        Assert.Equal(File.GetUnixFileMode(fresh), File.GetUnixFileMode(_cloning.Join("dest", "file")));
        Assert.Equal(
            File.GetUnixFileMode(fresh) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute,
            File.GetUnixFileMode(_cloning.Join("dest", "run")));
        Assert.Equal(File.GetUnixFileMode(_cloning.Join("tree", "sub")), File.GetUnixFileMode(_cloning.Destination));
        Assert.NotEqual(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(_cloning.Join("dest", "file")));
    }

    [Fact]
    public void A_file_is_copied_as_a_file()
    {
        _cloning.AddFile("file", "contents");

        _cloning.Clone("path:file");

        Assert.Equal("contents", File.ReadAllText(_cloning.Destination));
    }

    [Fact]
    public void A_link_is_copied_as_a_link()
    {
        File.CreateSymbolicLink(_cloning.Join("link"), "nowhere");

        _cloning.Clone("path:link");

        Assert.Equal("nowhere", new FileInfo(_cloning.Destination).LinkTarget);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("folder")]
    [InlineData("link to a folder")]
    [InlineData("dangling")]
    public void What_is_there_stays(string kind)
    {
        MakeTree();
        Place(kind);

        Assert.Equal("cannot clone into existing path \"dest\"", _cloning.Fail("path:tree"));

        if (kind == "file")
        {
            Assert.Equal("old", File.ReadAllText(_cloning.Destination));
        }

        Assert.Equal(
            kind is "link to a folder" ? _cloning.Join("other") : kind is "dangling" ? "nowhere" : null,
            new FileInfo(_cloning.Destination).LinkTarget);
    }

    [Fact]
    public void The_folder_above_must_be_there()
    {
        MakeTree();

        Assert.Equal(
            "opening parent directory of \"a/b/c\": No such file or directory", _cloning.Fail("path:tree", "a/b/c"));
    }

    [Fact]
    public void A_source_that_is_not_there() => Assert.Equal(
        $"opening file \"{_cloning.Join("nowhere")}\": No such file or directory", _cloning.Fail("path:nowhere"));

    [Fact]
    public void A_clone_into_its_source_is_refused()
    {
        MakeTree();

        Assert.Equal(
            $"cannot clone 'path:{_cloning.Join("tree")}' into \"tree/sub/dest\", which is inside of it",
            _cloning.Fail("path:tree", "tree/sub/dest"));
    }

    [Fact]
    public void A_socket_is_refused()
    {
        MakeTree();
        using System.Net.Sockets.Socket socket = new(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(_cloning.Join("tree", "sub", "socket")));

        Assert.Contains("is neither a file, a directory nor a symbolic link", _cloning.Fail("path:tree"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sha256-pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmo=", "empty")]
    [InlineData("sha256-wzlAGjxKxpaWdqVhlq55q5Gxo4Bf860+kLeEa/v02As=", "x")]
    [InlineData("sha256-Hr8g6AqANb3xqX28eu1XnjK/3ab8Gv6TJSnkb1LezG8=", "two")]
    [InlineData("sha256-QvtAMbUl/uvi+LCObmqOhvNOapHdA2raiI4xG5zI5pA=", "file")]
    public void Hashes_are_those_of_Nix(string hash, string name)
    {
        Directory.CreateDirectory(_cloning.Join("empty"));
        _cloning.AddFile("x/x", "foo\n");
        _cloning.AddFile("two/.gitignore", string.Empty);
        _cloning.AddFile("two/hello", "world\n");
        _cloning.AddFile("file", "foo\n");

        CloneResult result = _cloning.Clone($"path:{name}?narHash={hash.Replace("+", "%2B", StringComparison.Ordinal)}");

        Assert.Equal(hash, result.NarHash!.ToSri());
        Assert.True(_cloning.HasDestination);
        PinMismatchException error = _cloning.Fail<PinMismatchException>($"path:{name}?narHash={WrongHash}", "other");
        Assert.Equal(("narHash", WrongHash, hash), (error.Attribute, error.Expected, error.Actual));
        Assert.StartsWith("NAR hash mismatch in input 'path:/", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($", expected '{WrongHash}' but got '{hash}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_checked_is_said()
    {
        MakeTree();

        _cloning.Clone($"path:tree?rev={new string('a', 40)}&lastModified=1");

        Assert.Equal(
            ["rev", "lastModified"],
            _cloning.Messages.Where(static text => text.EndsWith("is not checked: nothing that was fetched tells it", StringComparison.Ordinal))
                .Select(static text => text.Split('\'')[1]));
    }

    /// <summary>A killed clone leaves a folder that nobody has locked; one at work has its own.</summary>
    [Fact]
    public void What_a_killed_clone_left_goes_with_the_next()
    {
        MakeTree();
        _cloning.AddFile(".nario-clone-dead/tree/file", "left");
        _cloning.AddFile(".nario-clone-alive/tree/file", "at work");
        using FileDescriptor alive = FileDescriptor.OpenDirectory(_cloning.Join(".nario-clone-alive"));
        alive.Lock(LockMode.Exclusive);

        _cloning.Clone("path:tree");

        Assert.Equal([".nario-clone-alive"], _cloning.LeftOvers());
    }

    [Fact]
    public void A_clone_that_is_ended_leaves_nothing()
    {
        MakeTree();
        using CancellationTokenSource source = new();
        source.Cancel();
        _cloning.Cancellation = source.Token;

        _cloning.Fail<OperationCanceledException>("path:tree");
    }

    private void MakeTree()
    {
        Directory.CreateDirectory(_cloning.Join("tree", "empty"));
        _cloning.AddFile("tree/file", "text");
        _cloning.AddFile("tree/run", "#!/bin/sh\n", isExecutable: true);
        _cloning.AddFile("tree/sub/old", "old");
        _cloning.AddFile("tree/sub/.git/HEAD", "ref: refs/heads/main");
        File.CreateSymbolicLink(_cloning.Join("tree", "abs"), "/etc/passwd");
        File.CreateSymbolicLink(_cloning.Join("tree", "dangling"), "nowhere");
    }

    private void Place(string kind)
    {
        switch (kind)
        {
            case "file":
                _cloning.AddFile("dest", "old");
                break;
            case "folder":
                Directory.CreateDirectory(_cloning.Destination);
                break;
            case "link to a folder":
                Directory.CreateDirectory(_cloning.Join("other"));
                File.CreateSymbolicLink(_cloning.Destination, _cloning.Join("other"));
                break;
            default:
                File.CreateSymbolicLink(_cloning.Destination, "nowhere");
                break;
        }
    }

    private static string Describe(string path)
    {
        FileInfo file = new(path);
        return file.LinkTarget is { } target ? $"l {target}"
            : Directory.Exists(path) ? "d"
            : (file.UnixFileMode & UnixFileMode.UserExecute) != 0 ? "x" : "f";
    }
}
