using System.Text;
using System.Text.Json;
using Nario.Cli.Tests.Support;

namespace Nario.Cli.Tests;

/// <summary>Lists narios that were made to do harm.</summary>
public sealed class HostileTests
{
    // What a list cannot see: it trusts the hash and the content address that are stated.
    private static readonly string[] SeenByImportOnly =
        ["NAR does not have the stated hash", "content address that the NAR does not have"];

    [SharedFact]
    public void Gives_the_verdict_of_the_manifest_in_one_line()
    {
        string folder = Path.Join(TestFiles.Shared, "vectors", "hostile");
        string[][] rows =
            [.. File.ReadLines(Path.Join(folder, "MANIFEST.tsv")).Skip(1).Select(static line => line.Split('\t'))];
        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            bool isAccepted = row[1] == "accept" || SeenByImportOnly.Contains(row[2]);
            byte[] nario = File.ReadAllBytes(Path.Join(folder, $"{row[0]}.nario"));
            foreach (string[] options in (string[][])[["-R"], ["-lR"], ["--json", "-R"]])
            {
                Check(new InProcess { Input = new MemoryStream(nario) }.Run(["list", .. options]), isAccepted);
                Check(new InProcess { Input = new PipeStream(nario) }.Run(["list", .. options]), isAccepted);
            }
        });
    }

    [Theory]
    [InlineData("input doesn't look like a nario: it looks like a zip archive", "PK\u0003\u0004 and more")]
    [InlineData("input doesn't look like a nario", "NARIO3\0\0\0\0\0\0\0\0\0\0")]
    [InlineData(
        "input doesn't look like a nario: it looks compressed with gzip; decompress it first",
        "\u001f\u008b\u0008\0\0\0\0\0\0\u0003")]
    [InlineData("the input is empty, so it is no nario", "")]
    public void Says_what_is_no_nario(string message, string bytes) =>
        Assert.Equal(message, InProcess.Run(Encoding.Latin1.GetBytes(bytes), "list").AssertError());

    [Fact]
    public void Refuses_two_things_said_of_one_path()
    {
        byte[] one = File.ReadAllBytes(TestFiles.Golden("02-file-flat.v2.nario"));
        byte[] twice = [.. one[..^8], .. one[8..]];
        byte[] changed = [.. twice];

        // The least byte of the time of registration in the second entry.
        int time = one.Length - 8 + FindTime(one) - 8;
        changed[time]++;

        Assert.Equal(
            string.Concat(Enumerable.Repeat(File.ReadAllText(TestFiles.Golden("02-file-flat.v2.list.txt")), 2)),
            InProcess.Run(twice, "list").Text);
        Assert.Equal(
            File.ReadAllBytes(TestFiles.Golden("02-file-flat.v2.listR.json")),
            InProcess.Run(twice, "list", "--json", "-R").AssertSuccess());
        Assert.Contains(
            "twice and says different things of it",
            InProcess.Run(changed, "list").AssertError(),
            StringComparison.Ordinal);
        Assert.Empty(InProcess.Run(changed, "list", "--json").Output);
    }

    [Fact]
    public void Warns_of_what_follows_the_end()
    {
        byte[] one = File.ReadAllBytes(TestFiles.Golden("03-file-nar.v1.nario"));
        byte[] longer = [.. one, .. one];

        RunResult file = InProcess.Run(longer, "list");
        RunResult pipe = new InProcess { Input = new PipeStream(longer) }.Run("list");

        Assert.Equal($"warning: {one.Length} bytes after the end of the nario were not read\n", file.Errors);
        Assert.Equal(ExitCodes.Success, file.ExitCode);
        Assert.Equal("warning: what follows the end of the nario was not read\n", pipe.Errors);
        Assert.Equal(pipe.Output, file.Output);
        Assert.Equal(File.ReadAllBytes(TestFiles.Golden("03-file-nar.v1.list.txt")), file.Output);
    }

    private static int FindTime(byte[] nario)
    {
        using JsonDocument list = JsonDocument.Parse(
            File.ReadAllBytes(TestFiles.Golden("02-file-flat.v2.list.json")));
        long time = list.RootElement.GetProperty("paths").EnumerateObject().Single().Value
            .GetProperty("registrationTime").GetInt64();
        return nario.AsSpan().IndexOf(BitConverter.GetBytes(time));
    }

    private static void Check(RunResult result, bool isAccepted)
    {
        if (isAccepted)
        {
            result.AssertSuccess();
        }
        else
        {
            result.AssertError();
        }
    }
}
