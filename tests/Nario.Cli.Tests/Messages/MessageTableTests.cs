using System.Text;

namespace Nario.Cli.Tests.Messages;

/// <summary>
/// Keeps one table of every message of the program, so that a reviewer reads them all at once: first what runs of the
/// program say, then each phrase of the sources that no run has shown.
/// </summary>
/// <remarks>
/// <c>NARIO_REFRESH_GOLDEN=1</c> writes the table anew; the difference is then reviewed like any other. A phrase that
/// is new shows up at the end by itself, and better in a run of <see cref="MessageRuns"/>.
/// </remarks>
public sealed class MessageTableTests
{
    private const string RefreshVariable = "NARIO_REFRESH_GOLDEN";

    private static string TablePath =>
        Path.Join(TestFiles.Repository, "tests", "Nario.Cli.Tests", "Messages", "messages.txt");

    [Fact]
    public void Every_message_is_in_the_table()
    {
        using MessageRuns runs = new();
        string table = MakeTable(runs.Run());
        if (Environment.GetEnvironmentVariable(RefreshVariable) == "1")
        {
            File.WriteAllText(TablePath, table);
        }

        Assert.True(
            File.Exists(TablePath) && File.ReadAllText(TablePath) == table,
            $"the table of messages differs from {TablePath}; {RefreshVariable}=1 writes it anew");
    }

    [Fact]
    public void Every_line_of_the_table_is_one_that_can_be_shown()
    {
        string[] lines =
        [
            .. File.ReadLines(TablePath).Where(static line =>
                line.StartsWith("  error: ", StringComparison.Ordinal)
                && !line.StartsWith("  error: unexpected Invalid", StringComparison.Ordinal)),
        ];

        Assert.True(lines.Length > 50);
        Assert.All(lines, static line =>
        {
            Assert.Equal(line, Nario.Store.EscapedText.ToLine(line));
            Assert.DoesNotContain("Exception", line, StringComparison.Ordinal);
            Assert.DoesNotContain("Parameter", line, StringComparison.Ordinal);
            Assert.False(line.EndsWith('.'), line);
        });
    }

    [Theory]
    [InlineData("throw new StoreException($\"path '{store.Join(path)}' is not valid\");", "path '‹path›' is not valid")]
    [InlineData("throw new StoreException(\"it has\" + $\" a '{Make(x, y)}'\");", "it has a '‹…›'")]
    [InlineData("Log($\"all {(isOne ? \"is one\" : \"are two\")} here\");", "all ‹…› here", "is one", "are two")]
    [InlineData("throw new ArgumentException(\"not for users\");")]
    [InlineData("Run(\"select path from ValidPaths\"); Use(\"name\"); Use(\"a/b\");")]
    [InlineData("Flag.Create(\"--x\", \"Does something.\");")]
    public void Phrases_are_found_in_sources(string statement, params string[] expected) => Assert.Equal(
        expected,
        MessageTemplates.FindInText($"class C {{ void M() {{ {statement} }} }}")
            .Select(static template => template.Shown));

    private static string MakeTable(IReadOnlyList<string> runs)
    {
        StringBuilder table = new();
        table.Append($"Every message of the program. Made by MessageTableTests; {RefreshVariable}=1 writes it anew.\n");
        foreach (string line in runs)
        {
            table.Append(line).Append('\n');
        }

        table.Append("\n== Not shown by a run: as the sources have them ==\n");
        string file = "";
        foreach (MessageTemplate template in MessageTemplates.Find(Path.Join(TestFiles.Repository, "src")))
        {
            if (runs.Any(template.IsIn))
            {
                continue;
            }

            if (template.File != file)
            {
                file = template.File;
                table.Append('\n').Append(file).Append('\n');
            }

            table.Append("  ").Append(Nario.Store.EscapedText.FromText(template.Shown)).Append('\n');
        }

        return table.ToString();
    }
}
