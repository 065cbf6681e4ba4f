using System.Text;
using Nario.Cli.Tests.Support;
using Nario.Store.Tests.Data;

namespace Nario.Cli.Tests;

/// <summary>Moves golden narios into stores of the tests and out again.</summary>
public sealed class MoveTests : IDisposable
{
    private const string App = "/nix/store/mdj9pd9jairndqzf6gwvdxfzb4rpsm8m-app-5.0.0";

    private readonly TemporaryStore _store = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void Gives_back_what_it_took(string version)
    {
        byte[] nario = ReadGolden("09-closure", version);
        string[] import = ["import", "--store", _store.Root, "--no-check-sigs", "--print-paths"];

        byte[] printed = InProcess.Run(nario, import).AssertSuccess();
        byte[] printedAgain = InProcess.Run(nario, import).AssertSuccess();
        byte[] all = Export("--format", version, "--all").AssertSuccess();
        byte[] closure = Export("--format", version, "-r", App).AssertSuccess();

        string[] listed = [.. File.ReadLines(TestFiles.Golden($"09-closure.v{version}.list.txt"))];
        Assert.Equal(
            string.Concat(listed.Select(static line => line[..line.IndexOf(':', StringComparison.Ordinal)] + "\n")),
            Encoding.ASCII.GetString(printed));
        Assert.Equal(printed, printedAgain);
        AssertSame(nario, all, version);
        AssertSame(nario, closure, version);
    }

    [Fact]
    public void Trusts_only_keys_that_it_is_told_of()
    {
        string nario = TestFiles.Golden("17-signed-notultimate.v2.nario");
        string[] import = ["import", "--store", _store.Root, nario];

        Assert.Contains(
            "lacks a signature by a trusted key", new InProcess().Run(import).AssertError(), StringComparison.Ordinal);
        Assert.Contains(
            "lacks a signature by a trusted key",
            new InProcess().Run([.. import, "--trusted-public-keys", $"{TestKeys.Key1} {TestKeys.Key3}"]).AssertError(),
            StringComparison.Ordinal);
        new InProcess().Run([.. import, "--trusted-public-keys", $" {TestKeys.Key1}  {TestKeys.Key2} "])
            .AssertSuccess();
        Assert.Equal(8, _store.ListObjects().Count);
    }

    [Fact]
    public void Heeds_the_settings()
    {
        string nario = TestFiles.Golden("17-signed-notultimate.v2.nario");
        FakeHost trusting = new() { Files = { ["/etc/nix/nix.conf"] = $"trusted-public-keys = {TestKeys.Key2}" } };
        FakeHost careless = new() { Files = { ["/etc/nix/nix.conf"] = "require-sigs = false" } };

        // Keys on the command line take the place of those in the settings.
        new InProcess { Host = trusting }
            .Run("import", "--store", _store.Root, "--trusted-public-keys", TestKeys.Key1, nario).AssertError();
        new InProcess { Host = trusting }.Run("import", "--store", _store.Root, nario).AssertSuccess();
        new InProcess { Host = careless }
            .Run("import", "--store", _folder.Join("other"), TestFiles.Golden("09-closure.v1.nario")).AssertSuccess();
    }

    [Fact]
    public void Makes_no_store_for_what_is_no_nario()
    {
        InProcess.Run("no nario at all"u8.ToArray(), "import", "--store", _store.Root).AssertError();
        new InProcess().Run("import", "--store", _store.Root, _folder.Join("missing")).AssertError();

        Assert.False(Directory.Exists(_store.Root));
    }

    [Fact]
    public void Prints_no_paths_of_a_nario_that_is_not_whole()
    {
        byte[] nario = ReadGolden("09-closure", "2");

        RunResult result = InProcess.Run(
            nario[..^8], "import", "--store", _store.Root, "--no-check-sigs", "--print-paths");

        result.AssertError();
        Assert.Empty(result.Output);
        Assert.Equal(8, _store.ListObjects().Count);
    }

    [Fact]
    public void Logs_each_path_when_asked_to()
    {
        string nario = TestFiles.Golden("02-file-flat.v2.nario");

        RunResult import = new InProcess().Run("import", "--store", _store.Root, "--no-check-sigs", "-v", nario);
        RunResult export = Export("--format", "1", "--all", "-vv");

        Assert.Matches(
            "^importing path '/nix/store/0hdbpmn6mkrxxb1a1a27scc92l5qim4g-plain.txt'...\n"
            + "imported 1 path, 408 bytes in [0-9]+[.][0-9] s\n$",
            import.Errors);
        Assert.Matches(
            "^nario [^\n]+\nexporting path '/nix/store/0hdbpmn6mkrxxb1a1a27scc92l5qim4g-plain.txt'...\n", export.Errors);
    }

    [Fact]
    public void Exports_a_source_without_a_store()
    {
        string source = _folder.Join("source");
        File.WriteAllText(source, "text");

        byte[] nario = new InProcess().Run("export", "--format", "2", "--name", "other", source).AssertSuccess();

        Assert.Matches("^/nix/store/[a-z0-9]{32}-other: 120 bytes\n$", InProcess.Run(nario, "list").Text);
    }

    [Fact]
    public void Refuses_a_name_for_a_store_path_and_an_empty_path()
    {
        new InProcess().Run("import", "--store", _store.Root, "--no-check-sigs", TestFiles.Golden("03-file-nar.v1.nario"))
            .AssertSuccess();
        string path = new InProcess().Run("list", TestFiles.Golden("03-file-nar.v1.nario")).Text.Split(':')[0];

        Assert.Equal(
            $"'{path}' is a store path, which has a name already; --name is for other files and folders",
            Export("--format", "2", "--name", "other", path).AssertError());
        Assert.Equal("a path must not be empty", Export("--format", "2", "").AssertError());
        Assert.Equal(
            "the name of the output file must not be empty", Export("--format", "2", "--all", "-o", "").AssertError());
    }

    [Fact]
    public void Writes_a_file_that_appears_when_it_is_whole()
    {
        string file = _folder.Join("out.nario");
        string link = _folder.Join("link");
        File.CreateSymbolicLink(link, "out.nario");
        string nario = TestFiles.Golden("03-file-nar.v1.nario");
        new InProcess().Run("import", "--store", _store.Root, "--no-check-sigs", nario).AssertSuccess();

        Export("--format", "1", "--all", "-o", link).AssertSuccess();

        Assert.Equal(ReadGolden("03-file-nar", "1"), File.ReadAllBytes(file));
        Assert.Equal(["link", "out.nario"], _folder.List());

        // What is there stays until the new one is whole, and keeps its permissions.
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Export("--format", "1", "-o", file, "/nix/store/00000000000000000000000000000000-missing").AssertError();
        Assert.Equal(ReadGolden("03-file-nar", "1"), File.ReadAllBytes(file));
        Export("--format", "2", "--all", "-o", file).AssertSuccess();
        Assert.StartsWith("NARIO2", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(["link", "out.nario"], _folder.List());
    }

    [Fact]
    public void Refuses_files_that_cannot_be_made()
    {
        string lost = _folder.Join("no", "file");
        Assert.Equal(
            $"cannot create '{lost}': there is no folder '{_folder.Join("no")}'",
            new InProcess().Run("export", "--format", "1", "-o", lost, _folder.Path).AssertError());
        Assert.EndsWith(
            ": Is a directory",
            new InProcess().Run("export", "--format", "1", "-o", _folder.Path, _folder.Path).AssertError(),
            StringComparison.Ordinal);
        Assert.Equal(
            "cannot write '/dev/full': No space left on device",
            new InProcess().Run("export", "--format", "1", "-o", "/dev/full", _folder.Path).AssertError());
        Assert.Empty(_folder.List());
    }

    private RunResult Export(params string[] arguments) =>
        new InProcess().Run(["export", "--store", _store.Root, .. arguments]);

    private static byte[] ReadGolden(string name, string version) =>
        File.ReadAllBytes(TestFiles.Golden($"{name}.v{version}.nario"));

    /// <summary>Expects the same narios; that a path was built by the exporting store is not taken over.</summary>
    private static void AssertSame(byte[] expected, byte[] actual, string version)
    {
        if (version == "1")
        {
            Assert.Equal(expected, actual);
            return;
        }

        byte[] expectedList = InProcess.Run(expected, "list", "--json", "-R").AssertSuccess();
        byte[] actualList = InProcess.Run(actual, "list", "--json", "-R").AssertSuccess();
        Assert.Equal(
            Encoding.UTF8.GetString(expectedList)
                .Replace("\"ultimate\":true", "\"ultimate\":false", StringComparison.Ordinal),
            Encoding.UTF8.GetString(actualList));
    }
}
