using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests.Framing;

/// <summary>Tokens of NARs that are missing, repeated, unknown or out of order.</summary>
public sealed class NarGrammarTests
{
    [Theory]
    [InlineData("no parenthesis before the type", "nar/node/open", "|", "type", "regular", "contents", "", ")")]
    [InlineData(
        "two parentheses before the type", "nar/node/open", "|", "(", "(", "type", "regular", "contents", "", ")")]
    [InlineData("another token in place of the first one", "nar/node/open", "|", ")", "type", "regular")]
    [InlineData(
        "no parenthesis after the contents", "nar/regular/close", "(", "type", "regular", "contents", "", "|", "(")]
    [InlineData(
        "no parenthesis after the target", "nar/node/symlink/close", "(", "type", "symlink", "target", "a", "|", "(")]
    public void G01_Missing_or_extra_parentheses(string what, string specPath, params string[] tokens) =>
        CheckRoot(what, specPath, tokens);

    [Theory]
    [InlineData("no parenthesis after an entry's name", "nar/entry_body/close", "|", "entry")]
    [InlineData("another token at the end of an entry", "nar/entry_body/close", "|", "node")]
    public void G01_Missing_parenthesis_after_an_entry(string what, string specPath, params string[] tokens)
    {
        Wire wire = new Wire()
            .Text("nix-archive-1", "(", "type", "directory", "entry", "(", "name", "a", "node")
            .NodeOf(new FileNode([]));
        CheckTokens(wire, what, specPath, tokens);
    }

    [Theory]
    [InlineData("a second type", "nar/regular/file/tag/name", "(", "type", "regular", "|", "type", "regular", ")")]
    [InlineData("a second type of a link", "nar/node/symlink/key", "(", "type", "symlink", "|", "type", "symlink")]
    [InlineData(
        "a second type of a directory", "nar/entry/tag/name", "(", "type", "directory", "|", "type", "directory", ")")]
    public void G02_Type_twice(string what, string specPath, params string[] tokens) =>
        CheckRoot(what, specPath, tokens, skipLength: !specPath.Contains("symlink", StringComparison.Ordinal));

    [Theory]
    [InlineData("")]
    [InlineData("regula")]
    [InlineData("regular\0")]
    [InlineData("Regular")]
    [InlineData("socket")]
    [InlineData("directory-of-33-bytes-for-example")]
    public void G03_Unknown_type(string type)
    {
        bool isTooLong = type.Length > 32;
        Wire wire = new Wire().Text("nix-archive-1", "(", "type");
        long start = wire.Position;
        byte[] nar = wire.Text(type, ")").ToArray();
        Verdict verdict = Check.Rejected(
            nar, isTooLong ? start : start + 8, isTooLong ? "nar/node/type/length" : "nar/node/type/name");
        Check.View(nar, start, ViewKind.NodeType, verdict);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\0")]
    [InlineData("12345678")]
    public void G04_Executable_with_a_value(string value) =>
        CheckRoot(
            "a value",
            "nar/regular/file/marker",
            ["(", "type", "regular", "executable", "|", value, "contents", "", ")"]);

    [Fact]
    public void G04_Executable_twice() =>
        CheckRoot(
            "a second mark",
            "nar/regular/file/marker",
            ["(", "type", "regular", "executable", "|", "", "executable", "", "contents", "", ")"]);

    [Fact]
    public void G05_Executable_after_contents() =>
        CheckRoot(
            "the mark too late",
            "nar/regular/close",
            ["(", "type", "regular", "contents", "x", "|", "executable", "", ")"]);

    [Fact]
    public void G06_Contents_twice() =>
        CheckRoot(
            "contents again",
            "nar/regular/close",
            ["(", "type", "regular", "contents", "x", "|", "contents", "y", ")"]);

    [Fact]
    public void G07_No_contents() =>
        CheckRoot("no contents", "nar/regular/file/tag/name", ["(", "type", "regular", "|", ")"], skipLength: true);

    [Fact]
    public void G07_No_contents_of_an_executable() =>
        CheckRoot(
            "no contents",
            "nar/regular/file/marker",
            ["(", "type", "regular", "executable", "|", "", ")", ")", ")", ")"]);

    [Fact]
    public void G08_Node_before_name()
    {
        Wire wire = new Wire().Text("nix-archive-1", "(", "type", "directory", "entry");
        long start = wire.Position;
        byte[] nar = wire.Text("(", "node").NodeOf(new FileNode([])).Text("name", "a", ")", ")").ToArray();
        Check.View(nar, start, ViewKind.EntryHeader, Check.Rejected(nar, start, "nar/entry_body/entry/open"));
    }

    [Fact]
    public void G08_Name_without_a_node()
    {
        Wire wire = new Wire().Text("nix-archive-1", "(", "type", "directory", "entry");
        long start = wire.Position;
        long key = wire.Text("(", "name", "a").Position;
        byte[] nar = wire.Text(")", ")", ")").ToArray();
        Check.View(nar, start, ViewKind.EntryHeader, Check.Rejected(nar, key, "nar/entry_body/entry/key"));
    }

    [Theory]
    [InlineData("node")]
    [InlineData("Entry")]
    [InlineData("(")]
    [InlineData("")]
    public void G09_Unknown_tag_in_a_directory(string tag)
    {
        Wire wire = new Wire().Text("nix-archive-1", "(", "type", "directory");
        long start = wire.Position;
        byte[] nar = wire.Text(tag, "", ")").ToArray();
        Check.View(nar, start, ViewKind.EntryTag, Check.Rejected(nar, start + 8, "nar/entry/tag/name"));
    }

    [Theory]
    [InlineData(")")]
    [InlineData("entry")]
    [InlineData("(")]
    [InlineData("node")]
    [InlineData("nix-archive-1")]
    public void G10_Names_that_are_also_tokens(string name)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(name);
        Node tree = new DirectoryNode([new(bytes, new DirectoryNode([new(bytes, new LinkNode(bytes))]))]);
        Check.Accepted(Wire.Nar(tree));
    }

    [Fact]
    public void G11_Node_without_a_kind() =>
        CheckRoot("no kind", "nar/node/type/name", ["(", "type", "|", ")"], skipLength: true);

    [Theory]
    [InlineData(
        "after a target", "nar/node/symlink/close", "(", "type", "symlink", "target", "a", "|", "target", "b", ")")]
    [InlineData(
        "before a target", "nar/node/symlink/key", "(", "type", "symlink", "|", "executable", "", "target", "a", ")")]
    public void G12_Extra_field_of_a_link(string what, string specPath, params string[] tokens) =>
        CheckRoot(what, specPath, tokens);

    private static void CheckRoot(string what, string specPath, string[] tokens, bool skipLength = false) =>
        CheckTokens(new Wire().Text("nix-archive-1"), what, specPath, tokens, skipLength);

    /// <summary>Adds tokens, of which the one after <c>|</c> is wrong.</summary>
    private static void CheckTokens(Wire wire, string what, string specPath, string[] tokens, bool skipLength = false)
    {
        long offset = -1;
        foreach (string token in tokens)
        {
            if (token == "|")
            {
                offset = wire.Position + (skipLength ? sizeof(ulong) : 0);
            }
            else
            {
                wire.Text(token);
            }
        }

        Verdict verdict = Check.Rejected(wire.ToArray(), offset, specPath);
        Assert.False(string.IsNullOrEmpty(verdict.Found), what);
    }
}
