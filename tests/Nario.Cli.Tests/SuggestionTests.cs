namespace Nario.Cli.Tests;

public sealed class SuggestionTests
{
    private static readonly string[] Known =
        ["export", "import", "list", "--format", "--all", "--output", "--name", "-r"];

    [Theory]
    [InlineData("exprot", "export")]
    [InlineData("expor", "export")]
    [InlineData("exports", "export")]
    [InlineData("xport", "export")]
    [InlineData("ls", "list")]
    [InlineData("imp", "import")]
    [InlineData("LIST", null)]
    [InlineData("lists", "list")]
    [InlineData("--fromat", "--format")]
    [InlineData("--ouptut", "--output")]
    [InlineData("--nam", "--name")]
    [InlineData("--x", null)]
    [InlineData("-x", null)]
    [InlineData("frob", null)]
    [InlineData("s", null)]
    [InlineData("", null)]
    public void Finds_what_was_meant(string word, string? expected) =>
        Assert.Equal(expected, Suggestion.Find(word, Known));
}
