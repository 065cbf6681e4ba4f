using Nario.Store.Paths;

namespace Nario.Store.Tests.Paths;

public class StoreDirectoryTests
{
    private const string BaseName = "00000000000000000000000000000001-a";

    [Fact]
    public void Is_nix_store_by_default()
    {
        Assert.Equal("/nix/store", StoreDirectory.Default.Path);
        Assert.Equal(StoreDirectory.Default, new StoreDirectory("/nix/store"));
        Assert.NotEqual(StoreDirectory.Default, new StoreDirectory("/gnu/store"));
    }

    [Theory]
    [InlineData("/nix/store")]
    [InlineData("/s")]
    [InlineData("/ünix/störe")]
    public void Joins_and_parses(string directory)
    {
        StoreDirectory storeDirectory = new(directory);
        StorePath path = StorePath.Parse(BaseName);
        Assert.Equal($"{directory}/{BaseName}", storeDirectory.Join(path));
        Assert.Equal(path, storeDirectory.ParsePath($"{directory}/{BaseName}"));
        Assert.Equal(directory, storeDirectory.ToString());
    }

    [Theory]
    [InlineData(BaseName, $"not an absolute path: '{BaseName}'")]
    [InlineData("", "not an absolute path: ''")]
    [InlineData("unknown-deriver", "not an absolute path: 'unknown-deriver'")]
    [InlineData("/gnu/store/" + BaseName, $"path '/gnu/store/{BaseName}' is not in the Nix store")]
    [InlineData("/nix/store", "path '/nix/store' is not in the Nix store")]
    [InlineData("/" + BaseName, $"path '/{BaseName}' is not in the Nix store")]
    [InlineData("/nix/store/" + BaseName + "/bin", $"path '/nix/store/{BaseName}/bin' is not in the Nix store")]
    [InlineData("/nix/store/" + BaseName + "/", $"path '/nix/store/{BaseName}/' is not in canonical form")]
    [InlineData("/nix//store/" + BaseName, $"path '/nix//store/{BaseName}' is not in canonical form")]
    [InlineData("//nix/store/" + BaseName, $"path '//nix/store/{BaseName}' is not in canonical form")]
    [InlineData("/nix/./store/" + BaseName, $"path '/nix/./store/{BaseName}' is not in canonical form")]
    [InlineData("/nix/store/../store/" + BaseName, $"path '/nix/store/../store/{BaseName}' is not in canonical form")]
    [InlineData("/", "path '/' is not in canonical form")]
    [InlineData("/nix/store/abc", "'abc' is too short to be a valid store path")]
    public void Refuses_other_full_paths(string fullPath, string message) =>
        Assert.Equal(
            message,
            Assert.Throws<StorePathException>(() => StoreDirectory.Default.ParsePath(fullPath)).Message);

    [Theory]
    [InlineData("nix/store")]
    [InlineData("/nix/store/")]
    [InlineData("/nix/../store")]
    [InlineData("/")]
    [InlineData("/nix/st\0re")]
    public void Refuses_a_directory_that_is_not_canonical(string directory) =>
        Assert.Throws<StorePathException>(() => new StoreDirectory(directory));
}
