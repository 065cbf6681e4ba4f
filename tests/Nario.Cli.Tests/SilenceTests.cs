using System.Text;
using Nario.Cli.Tests.Support;
using Nario.Codec;
using Nario.Store.Tests.Data;

namespace Nario.Cli.Tests;

/// <summary>What succeeds says what it has done, or what it has not done, where a user could take it for something
/// else.</summary>
public sealed class SilenceTests : IDisposable
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
    [InlineData("list")]
    [InlineData("import")]
    public void Zeros_are_an_empty_nario_with_something_behind_it(string command)
    {
        byte[] zeros = new byte[1 << 16];
        string[] line = command == "list" ? ["list"] : ["import", "--store", _store.Root];

        RunResult file = InProcess.Run(zeros, line);
        RunResult pipe = new InProcess { Input = new PipeStream(zeros) }.Run(line);
        RunResult nothing = InProcess.Run(new byte[8], line);

        const string Empty = "warning: the nario holds no paths\n";
        Assert.Equal($"{Empty}warning: 65528 bytes after the end of the nario were not read\n", file.Errors);
        Assert.Equal($"{Empty}warning: what follows the end of the nario was not read\n", pipe.Errors);
        Assert.Equal(Empty, nothing.Errors);
        Assert.All([file, pipe, nothing], static result => Assert.Equal(ExitCodes.Success, result.ExitCode));
    }

    [Theory]
    [InlineData("cat \"$1\" \"$1\"", true)]
    [InlineData("{ cat \"$1\"; sleep 0.05; cat \"$1\"; }", true)]
    [InlineData("cat \"$1\"", false)]
    [InlineData("{ cat \"$1\"; exec sleep 2 >&-; }", false)]
    public void A_pipe_with_a_second_nario_earns_a_warning(string feed, bool isWarned) => Assert.Equal(
        isWarned ? "warning: what follows the end of the nario was not read\n" : "",
        Executable.Run($"{feed} | nario list 2>&1 >/dev/null", TestFiles.Golden("09-closure.v2.nario")).Text);

    [Theory]
    [InlineData("-v")]
    [InlineData(null)]
    public void An_import_ends_in_a_summary(string? option)
    {
        string[] options = option is null ? [] : [option];
        string[] line = ["import", "--store", _store.Root, "--no-check-sigs", .. options];
        InProcess program = new() { IsErrorTerminal = option is null };

        string first = LastLine(program.Run([.. line, TestFiles.Golden("03-file-nar.v2.nario")]).Errors);
        string second = LastLine(program.Run([.. line, TestFiles.Golden("03-file-nar.v2.nario")]).Errors);
        Import("02-file-flat");
        string third = LastLine(program.Run([.. line, TestFiles.Golden("09-closure.v1.nario")]).Errors);

        Assert.Matches("^imported 1 path, [0-9]+ bytes in [0-9]+[.][0-9] s$", first);
        Assert.Matches("^imported 0 paths, 1 was valid already, [0-9]+ bytes in [0-9]+[.][0-9] s$", second);
        Assert.Matches("^imported 8 paths, [0-9]+[.][0-9] KiB in [0-9]+[.][0-9] s$", third);
    }

    [Fact]
    public void A_summary_is_left_out_where_nobody_sees_it_or_wants_it()
    {
        string[] line = ["import", "--store", _store.Root, "--no-check-sigs", TestFiles.Golden("03-file-nar.v2.nario")];

        Assert.Equal("", new InProcess().Run(line).Errors);
        Assert.Equal("", new InProcess { IsErrorTerminal = true }.Run([.. line, "--quiet"]).Errors);
    }

    [Fact]
    public void A_dash_is_the_standard_output()
    {
        string source = _folder.Join("source");
        File.WriteAllText(source, "text");

        byte[] named = new InProcess().Run("export", "--format", "2", source, "-o", "-").AssertSuccess();

        Assert.Equal(new InProcess().Run("export", "--format", "2", source).AssertSuccess(), named);
        Assert.NotEmpty(named);
        Assert.Equal(["source"], _folder.List());
    }

    [Fact]
    public void An_export_of_a_source_says_its_path_where_that_is_no_data()
    {
        string source = _folder.Join("source");
        File.WriteAllText(source, "text");
        string[] line = ["export", "--format", "2", "-o", _folder.Join("out"), source];

        Assert.Equal("", new InProcess().Run(line).Errors);
        string shown = LastLine(new InProcess { IsErrorTerminal = true }.Run(line).Errors);
        RunResult logged = new InProcess().Run([.. line, "-v"]);

        Assert.Matches($"^exported '{source}' as '/nix/store/[a-z0-9]{{32}}-source'$", shown);
        Assert.Equal(shown, LastLine(logged.Errors));
        string path = shown.Split('\'')[^2];
        Assert.StartsWith(path, new InProcess().Run("list", _folder.Join("out")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_without_what_it_refers_to_warns_once()
    {
        Import("09-closure");

        RunResult one = Export(App);
        RunResult two = Export(App, "/nix/store/9ig4r0ywm7v40v87mv3yxxxvbbc9pph9-multi-4+x-dev");
        RunResult closure = Export("-r", App);
        RunResult all = Export("--all");
        RunResult leaf = Export("/nix/store/3vsnipii1g0dy5ichv7f754x1z1nsh0x-libbase-1.0");

        const string Begin = "warning: what is exported refers to ";
        const string End =
            " that the nario does not hold, so it can be imported only where they are valid; -r exports them too\n";
        Assert.Equal($"{Begin}{CountMissing(one)} paths{End}", one.Errors);
        Assert.Equal($"{Begin}{CountMissing(two)} paths{End}", two.Errors);
        Assert.True(CountMissing(one) > 1 && CountMissing(two) > 1);
        Assert.All([closure, all, leaf], static result => result.AssertSuccess());
    }

    [Fact]
    public void Several_files_are_listed_one_after_the_other()
    {
        string one = TestFiles.Golden("03-file-nar.v1.nario");
        string two = TestFiles.Golden("09-closure.v2.nario");
        string empty = _folder.Join("empty\u001b");
        File.WriteAllBytes(empty, new byte[9]);

        RunResult text = new InProcess().Run("list", one, empty, two);
        RunResult json = new InProcess().Run("list", "--json", one, two);
        RunResult broken = new InProcess().Run("list", one, _folder.Join("missing"), two);

        Assert.Equal(
            $"{one}:\n{File.ReadAllText(TestFiles.Golden("03-file-nar.v1.list.txt"))}\n{empty}:\n\n"
            + $"{two}:\n{File.ReadAllText(TestFiles.Golden("09-closure.v2.list.txt"))}",
            Encoding.UTF8.GetString(text.Output));
        string shown = empty.Replace("\u001b", "\\x1b", StringComparison.Ordinal);
        Assert.Equal(
            $"warning: '{shown}' holds no paths\nwarning: 1 byte after the end of '{shown}' was not read\n",
            text.Errors);
        Assert.Equal(ExitCodes.Success, text.ExitCode);
        Assert.Equal(
            File.ReadAllText(TestFiles.Golden("03-file-nar.v1.list.json"))
                + File.ReadAllText(TestFiles.Golden("09-closure.v2.list.json")),
            Encoding.UTF8.GetString(json.AssertSuccess()));
        Assert.Equal($"cannot open '{_folder.Join("missing")}': No such file or directory", broken.AssertError());
        Assert.StartsWith(one, broken.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_files_an_error_names_the_one()
    {
        string cut = _folder.Join("cut");
        byte[] whole = File.ReadAllBytes(TestFiles.Golden("03-file-nar.v1.nario"));
        File.WriteAllBytes(cut, whole[..^8]);

        Assert.Equal(
            $"'{cut}': entry 2: unexpected end-of-file (offset {whole.Length - 8}, nario_v1/entry/tag)",
            new InProcess().Run("list", TestFiles.Golden("03-file-nar.v1.nario"), cut).AssertError());
    }

    [Theory]
    [InlineData("NIX_STORE_DIR", "/gnu/store", null)]
    [InlineData(null, "/gnu/store", "local?store=/gnu/store")]
    [InlineData(null, "/gnu/store", "setting")]
    public void A_list_heeds_the_store_directory(string? variable, string directory, string? store)
    {
        FakeHost host = new();
        if (variable is not null)
        {
            host.Variables[variable] = directory;
        }
        else if (store == "setting")
        {
            host.Files["/etc/nix/nix.conf"] = $"store = local?store={directory}";
        }

        string[] option = store is null or "setting" ? [] : ["--store", store];
        InProcess program = new() { Host = host };
        foreach (string form in (string[])["list.txt", "listR.txt", "list.json"])
        {
            GoldenList list = new("09-closure.v2", form);
            string expected = Encoding.UTF8.GetString(list.Read())
                .Replace("/nix/store/", $"{directory}/", StringComparison.Ordinal);
            Assert.Equal(
                expected,
                Encoding.UTF8.GetString(program.Run([.. list.CommandLine, .. option, list.NarioPath]).AssertSuccess()));
        }
    }

    [Theory]
    [InlineData("/gnu/store")]
    [InlineData("/home/ünï/store")]
    [InlineData("/nix/store")]
    public void Version_1_tells_its_store_directory_itself(string directory)
    {
        byte[] nario = MakeNario(directory, directory);

        // Neither the settings nor the environment matter, not even broken ones.
        FakeHost host = new()
        {
            Variables = { ["NIX_STORE_DIR"] = "/other" },
            Files = { ["/etc/nix/nix.conf"] = "broken" },
        };
        RunResult result = new InProcess { Input = new MemoryStream(nario), Host = host }.Run("list");

        Assert.Equal(
            string.Concat(Enumerable.Range(0, 2).Select(number => $"{directory}/{PathOf(number)}: 112 bytes\n")),
            Encoding.UTF8.GetString(result.AssertSuccess()));
        Assert.Contains($"\"{directory}/{PathOf(0)}\":", Encoding.UTF8.GetString(
            InProcess.Run(nario, "list", "--json").AssertSuccess()), StringComparison.Ordinal);
    }

    [Fact]
    public void Version_1_has_one_store_directory_only()
    {
        Assert.Contains(
            "expected a path in /gnu/store, found",
            InProcess.Run(MakeNario("/gnu/store", "/nix/store"), "list").AssertError(),
            StringComparison.Ordinal);
        Assert.Contains(
            "path '/gnu/../store' is not in canonical form",
            InProcess.Run(MakeNario("/gnu/../store", "/gnu/../store"), "list").AssertError(),
            StringComparison.Ordinal);
        Assert.Contains(
            "expected a path in /other, found",
            InProcess.Run(MakeNario("/nix/store", "/nix/store"), "list", "--store", "local?store=/other").AssertError(),
            StringComparison.Ordinal);
        Assert.Contains(
            "expected a path in /nix/store, found",
            InProcess.Run(MakeNario("/gnu/store", "/gnu/store"), "import", "--store", _store.Root, "--no-check-sigs")
                .AssertError(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_directory_from_outside_is_escaped_on_a_terminal()
    {
        FakeHost host = new() { Variables = { ["NIX_STORE_DIR"] = "/a\u001b[2J\u202e" } };
        string nario = TestFiles.Golden("09-closure.v2.nario");

        foreach (string[] form in (string[][])[[], ["-R"], ["-lR"], ["--json"]])
        {
            RunResult shown = new InProcess { Host = host, IsOutputTerminal = true }.Run(["list", .. form, nario]);
            string text = Encoding.UTF8.GetString(shown.AssertSuccess());
            Assert.DoesNotContain(text, static character => character is '\u001b' or '\u202e');
            Assert.Contains("[2J", text, StringComparison.Ordinal);
        }

        RunResult error = new InProcess { Host = host }.Run("import", "--store", _store.Root, nario);
        Assert.Contains("cannot add path '/a\\x1b[2J\\u{202e}/", error.AssertError(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_a_store_path_cannot_have_is_told_before_anything_is_read()
    {
        string folder = _folder.Join("My Project");
        Directory.CreateDirectory(folder);
        File.CreateSymbolicLink(Path.Join(folder, "fifo"), "x");

        // Reading this file would never end.
        string endless = _folder.Join("end less");
        using (FileStream file = File.Create(endless))
        {
            file.SetLength(1L << 42);
        }

        foreach (string source in (string[])[folder, endless])
        {
            Assert.Equal(
                $"'{source}' cannot become a store path of that name: name '{Path.GetFileName(source)}' contains "
                + "illegal character ' '; choose another one with --name",
                new InProcess().Run("export", "--format", "2", source).AssertError());
        }

        Assert.Equal(
            $"'{folder}' cannot become a store path of that name: name 'a/b' contains illegal character '/'; choose "
            + "another one with --name",
            new InProcess().Run("export", "--format", "2", "--name", "a/b", folder).AssertError());
        new InProcess().Run("export", "--format", "2", "--name", "my-project", folder).AssertSuccess();
    }

    private static string LastLine(string text) => text.TrimEnd('\n').Split('\n')[^1].Split("\r\e[K")[^1];

    private static string PathOf(int number) => $"{new string('0', 31)}{number}-name";

    private static byte[] MakeNario(params string[] storeDirectories)
    {
        using MemoryStream output = new();
        foreach ((int number, string directory) in storeDirectories.Index())
        {
            using MemoryStream part = new();
            NarioWriter writer = new(part, NarioVersion.Find(1)!, new NarioOptions { StoreDirectory = directory });
            INarSink tree = writer.BeginPath(new NarioPathInfo { Path = PathOf(number), References = [PathOf(0)] });
            tree.BeginFile(isExecutable: false, 0);
            writer.EndPath();
            writer.Complete();

            // All but the end marker.
            output.Write(part.ToArray().AsSpan(..^8));
        }

        output.Write(new byte[8]);
        return output.ToArray();
    }

    private void Import(string name) => new InProcess()
        .Run("import", "--store", _store.Root, "--no-check-sigs", TestFiles.Golden($"{name}.v2.nario")).AssertSuccess();

    private RunResult Export(params string[] arguments) =>
        new InProcess().Run(["export", "--format", "2", "--store", _store.Root, .. arguments]);

    /// <summary>Counts what the paths of a nario refer to that it does not hold.</summary>
    private static int CountMissing(RunResult result)
    {
        using NarioReader reader = NarioReader.Open(new MemoryStream(result.Output));
        HashSet<string> paths = [];
        HashSet<string> references = [];
        while (reader.Read())
        {
            NarioPathInfo info = reader.ReadInfo();
            paths.Add(info.Path);
            references.UnionWith(info.References);
        }

        return references.Except(paths).Count();
    }
}
