using Nario.Flakes.References;
using Nario.Flakes.Registries;
using Nario.Flakes.Tests.Support;

namespace Nario.Flakes.Tests.Registries;

public sealed class RegistryTests : IDisposable
{
    private const string Commit = "41a69b5f1b589f868af51971261d7abf6c714423";

    private readonly Support.Cloning _cloning = new();

    public void Dispose() => _cloning.Dispose();

    [Theory]
    [InlineData("nixpkgs", "github:NixOS/nixpkgs")]
    [InlineData("nixpkgs/stable", "github:NixOS/nixpkgs/stable")]
    [InlineData("nixpkgs/" + Commit, "github:NixOS/nixpkgs/" + Commit)]
    [InlineData("nixpkgs/stable/" + Commit,
        "cannot apply both a commit hash (" + Commit + ") and a branch/tag name ('stable') to input 'github:NixOS/nixpkgs'")]
    [InlineData("alias", "github:NixOS/nixpkgs")]
    [InlineData("alias/dev", "github:NixOS/nixpkgs/dev")]
    [InlineData("exact", "path:/exact")]
    [InlineData("exact/dev", "cannot find flake 'flake:exact/dev' in the flake registries")]
    [InlineData("local", "path:/local?dir=inner")]
    [InlineData("local/dev", "don't know how to set branch/tag name of input 'path:/local?dir=inner' to 'dev'")]
    [InlineData("archive/" + Commit, "don't know how to set revision of input 'https://h/a.tar.gz' to '" + Commit + "'")]
    [InlineData("git/dev", "git+https://h/r?ref=dev")]
    [InlineData("git/dev/" + Commit, "git+https://h/r?ref=dev&rev=" + Commit)]
    [InlineData("scp", "git+ssh://git@github.com/owner/repo.git")]
    [InlineData("plain", "git+file:///home/me/repo")]
    [InlineData("pinned/1.0", "github:a/one-zero")]
    [InlineData("pinned/2.0", "cannot find flake 'flake:pinned/2.0' in the flake registries")]
    [InlineData("circle", "cycle detected in flake registry for 'flake:circle'")]
    [InlineData("nope", "cannot find flake 'flake:nope' in the flake registries")]
    [InlineData("github:old/name", "github:new/name")]
    [InlineData("github:old/name/dev?dir=x", "github:new/name/dev?dir=x")]
    [InlineData("both", "path:/of/the/user")]
    [InlineData("machine", "path:/of/the/machine")]
    [InlineData("global", "path:/of/all")]
    [InlineData("flake:overridden", "path:/from/the/command/line")]
    public void Replacing(string reference, string expected)
    {
        WriteRegistries();

        Assert.Equal(expected, Resolve(reference));
        Assert.Empty(_cloning.Messages);
    }

    [Fact]
    public void Without_registries_only_the_command_line_counts()
    {
        WriteRegistries();
        _cloning.UsesRegistries = false;

        Assert.Equal("path:/from/the/command/line", Resolve("overridden"));
        Assert.Equal(
            "'flake:nixpkgs' is an indirect flake reference, but registry lookups are not allowed", Resolve("nixpkgs"));
    }

    [Theory]
    [InlineData("{", "cannot parse flake registry '")]
    [InlineData("{\"version\":1,\"flakes\":[]}", "cannot read flake registry '")]
    [InlineData("[]", "cannot read flake registry '")]
    [InlineData("{\"version\":2}", "cannot read flake registry '")]
    [InlineData("{\"version\":2,\"flakes\":[{\"from\":{\"type\":\"indirect\",\"id\":\"a\"}}]}", "an entry has no 'to'")]
    [InlineData("{\"version\":2,\"flakes\":[{\"from\":{\"id\":\"a\"},\"to\":{}}]}", "'type' attribute")]
    [InlineData("{\"version\":2,\"flakes\":[{\"from\":{\"type\":\"indirect\",\"id\":\"a\",\"x\":1},\"to\":{}}]}",
        "input attribute 'x' not supported by scheme 'indirect'")]
    [InlineData("{\"version\":2,\"flakes\":[{\"from\":{\"type\":\"indirect\",\"id\":1},\"to\":{}}]}", "input attribute 'id' is not a string")]
    [InlineData("{\"version\":2,\"flakes\":[{\"from\":{\"type\":\"path\"},\"to\":{}}]}", "input attribute 'path' is missing")]
    public void What_is_wrong_with_a_registry_is_a_warning(string json, string message)
    {
        WriteUser(json);

        Assert.Equal("cannot find flake 'flake:nope' in the flake registries", Resolve("nope"));
        Assert.Contains(message, Assert.Single(_cloning.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_before_a_wrong_one_count()
    {
        WriteUser("""
            {"version":2,"flakes":[
              {"from":{"type":"indirect","id":"good"},"to":{"type":"path","path":"/good"}},
              {"from":{"type":"indirect","id":"bad"},"to":{"type":"strange"}}]}
            """);

        Assert.Equal("path:/good", Resolve("good"));
    }

    [Fact]
    public void The_global_registry_is_downloaded_for_names_only()
    {
        using StaticServer server = new();
        server.Serve("/registry.json", TarBuilder.Latin(Registry(Entry("far", "{\"type\":\"path\",\"path\":\"/far\"}"))));
        _cloning.Options = _cloning.Options with
        {
            Configuration = _cloning.Options.Configuration with { FlakeRegistry = $"{server.Url}/registry.json" },
        };

        Assert.Equal("github:a/b", Resolve("github:a/b"));
        Assert.Empty(server.Requests);
        Assert.Equal("path:/far", Resolve("far"));
        _cloning.Options = _cloning.Options with { IsOffline = true };
        Assert.Equal(
            $"cannot fetch global flake registry '{server.Url}/registry.json': cannot fetch '{server.Url}/registry.json' in offline mode",
            Resolve("far"));
    }

    [Fact]
    public void A_clone_goes_through_the_registries()
    {
        _cloning.AddFile("tree/file", "text");
        WriteUser(Registry(Entry("tree", $"{{\"type\":\"path\",\"path\":\"{_cloning.Join("tree")}\"}}")));

        _cloning.Clone("tree");

        Assert.Equal(["f file"], _cloning.Listing());
    }

    private void WriteRegistries()
    {
        WriteUser(Registry(
            Entry("nixpkgs", "{\"type\":\"github\",\"owner\":\"NixOS\",\"repo\":\"nixpkgs\"}"),
            Entry("alias", "{\"type\":\"indirect\",\"id\":\"nixpkgs\"}"),
            Entry("exact", "{\"type\":\"path\",\"path\":\"/exact\"}", ",\"exact\":true"),
            Entry("local", "{\"type\":\"path\",\"path\":\"/local\",\"dir\":\"inner\"}"),
            Entry("archive", "{\"type\":\"tarball\",\"url\":\"https://h/a.tar.gz\"}"),
            Entry("git", "{\"type\":\"git\",\"url\":\"https://h/r\"}"),
            Entry("scp", "{\"type\":\"git\",\"url\":\"git@github.com:owner/repo.git\"}"),
            Entry("plain", "{\"type\":\"git\",\"url\":\"/home/me/repo\"}"),
            "{\"from\":{\"type\":\"indirect\",\"id\":\"pinned\",\"ref\":\"1.0\"},"
                + "\"to\":{\"type\":\"github\",\"owner\":\"a\",\"repo\":\"one-zero\"}}",
            Entry("circle", "{\"type\":\"indirect\",\"id\":\"elcric\"}"),
            Entry("elcric", "{\"type\":\"indirect\",\"id\":\"circle\"}"),
            "{\"from\":{\"type\":\"github\",\"owner\":\"old\",\"repo\":\"name\"},"
                + "\"to\":{\"type\":\"github\",\"owner\":\"new\",\"repo\":\"name\"}}",
            Entry("both", "{\"type\":\"path\",\"path\":\"/of/the/user\"}"),
            Entry("overridden", "{\"type\":\"path\",\"path\":\"/of/the/user\"}")));
        _cloning.Host.Variables["NIX_CONF_DIR"] = _cloning.Join("etc");
        _cloning.AddFile("etc/registry.json", Registry(
            Entry("both", "{\"type\":\"path\",\"path\":\"/of/the/machine\"}"),
            Entry("machine", "{\"type\":\"path\",\"path\":\"/of/the/machine\"}")));
        string global = _cloning.AddFile("global.json", Registry(
            Entry("machine", "{\"type\":\"path\",\"path\":\"/of/all\"}"), Entry("global", "{\"type\":\"path\",\"path\":\"/of/all\"}")));
        _cloning.Options = _cloning.Options with
        {
            Configuration = _cloning.Options.Configuration with { FlakeRegistry = global },
        };
        _cloning.Overrides =
        [
            new RegistryEntry(
                new IndirectReference("overridden"), new PathReference("/from/the/command/line"), IsExact: false),
        ];
    }

    private void WriteUser(string json)
    {
        _cloning.Host.Variables["XDG_CONFIG_HOME"] = _cloning.Join("config");
        _cloning.AddFile("config/nix/registry.json", json);
    }

    private string Resolve(string reference)
    {
        try
        {
            return new RegistryLookup(_cloning.Overrides, _cloning.UsesRegistries, _cloning.Options, _cloning)
                .Resolve(FlakeReference.Parse(reference).Reference, CancellationToken.None).ToString();
        }
        catch (FlakeException error)
        {
            return error.Message;
        }
    }

    private static string Registry(params string[] entries) =>
        $"{{\"version\":2,\"flakes\":[{string.Join(',', entries)}]}}";

    private static string Entry(string id, string target, string more = "") =>
        $"{{\"from\":{{\"type\":\"indirect\",\"id\":\"{id}\"}},\"to\":{target}{more}}}";
}
