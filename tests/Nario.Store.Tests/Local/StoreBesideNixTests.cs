using Nario.Store.Local;
using Nario.Testing;

namespace Nario.Store.Tests.Local;

/// <summary>What another program that makes the same store can have done halfway.</summary>
public sealed class StoreBesideNixTests : IDisposable
{
    private readonly TemporaryStore _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Links_the_profiles_where_only_the_folder_is_there()
    {
        string roots = Path.Join(_place.State, "gcroots");
        Directory.CreateDirectory(roots);

        _place.Open().Dispose();

        Assert.Equal(Path.Join(_place.State, "profiles"), new FileInfo(Path.Join(roots, "profiles")).LinkTarget);
    }

    [Fact]
    public void Leaves_the_link_to_the_profiles_that_is_there()
    {
        string link = Path.Join(_place.State, "gcroots/profiles");
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, "elsewhere");

        _place.Open().Dispose();

        Assert.Equal("elsewhere", new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void Waits_for_the_version_of_the_schema_to_be_written()
    {
        _place.Open().Dispose();
        string file = Path.Join(_place.State, "db/schema");
        string version = File.ReadAllText(file);
        File.WriteAllText(file, string.Empty);
        Thread writing = new(() => File.WriteAllText(file, version));
        writing.Start();

        using LocalStore store = _place.Open();

        writing.Join();
        Assert.Empty(store.QueryAllValidPaths());
    }
}
