using Nario.Flakes.Tests.Support;

namespace Nario.Flakes.Tests.Cloning;

public sealed class MercurialTests : IDisposable
{
    private const string Mercurial = "hg";

    private readonly Support.Cloning _cloning = new();

    public void Dispose() => _cloning.Dispose();

    [ProgramFact(Mercurial)]
    public void The_tree_of_a_commit_is_cloned_without_history()
    {
        string first = MakeRepository();

        _cloning.Clone($"hg+file://{_cloning.Join("repository")}");
        _cloning.Clone($"hg+file://{_cloning.Join("repository")}?rev={first}", "old");

        Assert.Equal(["f file", "x run", "d sub", "f sub/second"], _cloning.Listing());
        Assert.Equal(["f file", "x run"], _cloning.Listing("old"));
        Assert.Empty(_cloning.LeftOvers());
    }

    [ProgramFact(Mercurial)]
    public void Changes_that_are_in_no_commit_are_cloned_too()
    {
        MakeRepository();
        _cloning.AddFile("repository/file", "changed");
        _cloning.AddFile("repository/untracked", "untracked");

        _cloning.Clone($"hg+file://{_cloning.Join("repository")}");

        Assert.Equal(["f file", "x run", "d sub", "f sub/second"], _cloning.Listing());
        Assert.Equal("changed", File.ReadAllText(_cloning.Join("dest", "file")));
    }

    [ProgramFact(Mercurial)]
    public void A_commit_that_is_not_there()
    {
        MakeRepository();

        Assert.StartsWith(
            "there is no 'nosuch' in 'hg+file:///",
            _cloning.Fail($"hg+file://{_cloning.Join("repository")}?ref=nosuch"),
            StringComparison.Ordinal);
        Assert.Equal("program \"hg\" failed with exit code 255", _cloning.Fail("hg+file:///nope"));
    }

    [ProgramFact(Mercurial)]
    public void What_is_there_stays()
    {
        MakeRepository();
        Directory.CreateDirectory(_cloning.Destination);

        Assert.Equal(
            "cannot clone into existing path \"dest\"", _cloning.Fail($"hg+file://{_cloning.Join("repository")}"));
    }

    private string MakeRepository()
    {
        string repository = _cloning.Join("repository");
        _cloning.AddFile("repository/file", "text");
        _cloning.AddFile("repository/run", "#!/bin/sh\n", isExecutable: true);
        GitWorld.Run(Mercurial, repository, "init");
        GitWorld.Run(Mercurial, repository, "commit", "-q", "-A", "-m", "first");
        string first = GitWorld.Run(Mercurial, repository, "log", "-r", ".", "--template", "{node}");
        _cloning.AddFile("repository/sub/second", "more");
        GitWorld.Run(Mercurial, repository, "commit", "-q", "-A", "-m", "second");
        return first;
    }
}
