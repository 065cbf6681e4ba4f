using System.Text;
using System.Text.Json;
using Nario.Cli.Tests.Support;

namespace Nario.Cli.Tests;

/// <summary>Compares lists with those that a released program has made, byte for byte.</summary>
public sealed class ListGoldenTests
{
    public static TheoryData<string, string> Lists
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string nario in GoldenList.Narios)
            {
                foreach (string form in GoldenList.Forms.Where(form => !new GoldenList(nario, form).Differs))
                {
                    data.Add(nario, form);
                }
            }

            return data;
        }
    }

    [Fact]
    public void There_are_golden_narios_of_both_versions()
    {
        Assert.True(GoldenList.Narios.Count(static name => name.EndsWith(".v1", StringComparison.Ordinal)) >= 14);
        Assert.True(GoldenList.Narios.Count(static name => name.EndsWith(".v2", StringComparison.Ordinal)) >= 14);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void Lists_a_file(string nario, string form)
    {
        GoldenList list = new(nario, form);

        RunResult result = new InProcess().Run([.. list.CommandLine, list.NarioPath]);

        AssertLists(list, result);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void Lists_a_pipe(string nario, string form)
    {
        GoldenList list = new(nario, form);
        using PipeStream input = new(File.ReadAllBytes(list.NarioPath));

        RunResult result = new InProcess { Input = input }.Run(list.CommandLine);

        AssertLists(list, result);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void Refuses_every_beginning(string nario, string form)
    {
        GoldenList list = new(nario, form);
        byte[] whole = File.ReadAllBytes(list.NarioPath);
        byte[] expected = list.Read();
        int step = Math.Max(8, whole.Length / 40 / 8 * 8);
        for (int length = 0; length < whole.Length; length += step)
        {
            RunResult result = InProcess.Run(whole[..length], list.CommandLine);

            result.AssertError();
            Assert.True(expected.AsSpan().StartsWith(result.Output));
            Assert.True(result.Output.Length == 0 || !form.EndsWith(".json", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("08-nonutf8.v1")]
    [InlineData("08-nonutf8.v2")]
    public void Tells_bytes_that_are_no_text_as_json(string nario)
    {
        byte[] json = new InProcess().Run("list", "--json", "-R", new GoldenList(nario, "listR.json").NarioPath)
            .AssertSuccess();

        string text = Encoding.UTF8.GetString(json);
        Assert.Contains("\"latin1-\\udce9\":{", text, StringComparison.Ordinal);
        Assert.Contains("\"surrogate-\\udced\\udca0\\udc80\":{", text, StringComparison.Ordinal);
        Assert.Contains("\"target\":\"target-\\udcff\"", text, StringComparison.Ordinal);

        // The names can be told again: they are those of the text.
        byte[] names = Encoding.Latin1.GetBytes(string.Concat(
            GetPaths(text).Select(static path => path + "\n")));
        Assert.Equal(new GoldenList(nario, "listR.txt").Read(), names);
    }

    [Theory]
    [InlineData("list.txt")]
    [InlineData("list.json")]
    public void Refuses_a_size_of_nothing_where_the_next_path_should_be(string form)
    {
        GoldenList list = new("22-unknown-hash-size.v2", form);

        RunResult result = new InProcess().Run([.. list.CommandLine, list.NarioPath]);

        result.AssertError();
        Assert.Equal(list.Read(), result.Output);
    }

    [Theory]
    [InlineData("-R")]
    [InlineData("-lR")]
    public void Refuses_a_size_of_nothing_where_the_tree_should_be(string option)
    {
        RunResult result = new InProcess().Run("list", option, TestFiles.Golden("22-unknown-hash-size.v2.nario"));

        Assert.StartsWith(
            "path '/nix/store/rjwlgl2c7ya5kj75vbg9ml79yhwijyac-note.txt': expected more bytes, found the end of the stated size",
            result.AssertError(),
            StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    /// <summary>Gets the full paths of all files of a list with one path, each byte as the character of the same
    /// number.</summary>
    private static List<string> GetPaths(string json)
    {
        // A reader of JSON takes no half of a surrogate pair: mark the bytes by private characters first.
        StringBuilder marked = new(json);
        for (int value = 0x80; value <= 0xff; value++)
        {
            marked.Replace($"\\udc{value:x2}", ((char)(0xe000 + value)).ToString());
        }

        using JsonDocument document = JsonDocument.Parse(marked.ToString());
        List<string> paths = [];
        foreach (JsonProperty path in document.RootElement.GetProperty("paths").EnumerateObject())
        {
            AddPaths(path.Name, path.Value.GetProperty("contents"), paths);
        }

        return paths;
    }

    private static void AddPaths(string path, JsonElement node, List<string> paths)
    {
        paths.Add(string.Concat(path.Select(static character => character is >= (char)0xe080 and <= (char)0xe0ff
            ? ((char)(character - 0xe000)).ToString()
            : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(character.ToString())))));
        if (node.TryGetProperty("entries", out JsonElement entries))
        {
            foreach (JsonProperty entry in entries.EnumerateObject())
            {
                AddPaths($"{path}/{entry.Name}", entry.Value, paths);
            }
        }
    }

    /// <summary>Expects the list of the released program; of nothing it says nothing, and this program does.</summary>
    private static void AssertLists(GoldenList list, RunResult result)
    {
        bool isEmpty = Path.GetFileName(list.NarioPath).StartsWith("01-empty", StringComparison.Ordinal);
        Assert.Equal(isEmpty ? "warning: the nario holds no paths\n" : "", result.Errors);
        Assert.Equal(ExitCodes.Success, result.ExitCode);
        Assert.Equal(list.Read(), result.Output);
    }
}
