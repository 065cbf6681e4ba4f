using System.Text;
using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests.Framing;

/// <summary>Names of directory entries, and their order.</summary>
public sealed class NarNameTests
{
    private const string Long = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

    [Fact]
    public void M01_Empty_name()
    {
        (byte[] nar, long start, long field) = Named([]);
        Check.View(nar, start, ViewKind.EntryHeader, Check.Rejected(nar, field, "nar/entry_body/entry/length"));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public void M01_Dots(string name) => CheckBad(name);

    [Theory]
    [InlineData("/")]
    [InlineData("a/b")]
    [InlineData("/abs")]
    [InlineData("a/")]
    [InlineData("../x")]
    public void M02_Slashes(string name) => CheckBad(name);

    [Theory]
    [InlineData("\0")]
    [InlineData("a\0b")]
    [InlineData("a\0")]
    public void M03_Zero_byte(string name) => CheckBad(name);

    [Fact]
    public void M04_255_bytes_are_enough()
    {
        Check.Accepted(Named(new byte[255].Select(_ => (byte)'n').ToArray()).Nar);
        (byte[] nar, long start, long field) = Named(new byte[256].Select(_ => (byte)'n').ToArray());
        Verdict verdict = Check.Rejected(nar, field, "nar/entry_body/entry/length");
        Assert.Equal("256", verdict.Found);
        Check.View(nar, start, ViewKind.EntryHeader, verdict);
    }

    [Fact]
    public void M05_Names_need_not_be_UTF8() => CheckKept([0x80], [0xc3, 0x28], [0xff, 0xfe]);

    [Fact]
    public void M06_Names_of_other_systems() =>
        CheckKept(":"u8.ToArray(), "C:"u8.ToArray(), "\\"u8.ToArray(), "con"u8.ToArray(), "nul.txt"u8.ToArray());

    [Fact]
    public void M07_Control_characters() =>
        CheckKept([1], "\n"u8.ToArray(), "\x1b[31m"u8.ToArray(), " "u8.ToArray(), [0x7f]);

    [Fact]
    public void M07_Control_characters_are_escaped_in_errors()
    {
        Wire wire = new Wire().Text("nix-archive-1", "(", "type");
        NarioFormatException error = Assert.Throws<NarioFormatException>(
            () => new NarCursor(new MemoryStream(wire.Text("\x1b[31m\r\n").ToArray())).Read());
        Assert.Contains("\\x1b[31m\\x0d\\x0a", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, character => char.IsControl(character));
    }

    [Fact]
    public void M08_Two_forms_of_one_letter() => CheckKept("e\u0301"u8.ToArray(), "\u00e9"u8.ToArray());

    [Fact]
    public void M09_Names_that_differ_in_case() =>
        CheckKept("TEST"u8.ToArray(), "Test"u8.ToArray(), "test"u8.ToArray());

    [Fact]
    public void M10_Names_as_a_file_system_without_case_would_have_them() =>
        CheckKept("Test~nix~case~hack~1"u8.ToArray(), "test"u8.ToArray(), "test~nix~case~hack~1"u8.ToArray());

    [Theory]
    [InlineData("a", "a")]
    [InlineData("b", "a")]
    [InlineData("a-b", "a")]
    [InlineData("a-b", "a-")]
    [InlineData("\xff", "\x7f")]
    [InlineData("a", "Z")]
    [InlineData("aa", "a\x01")]
    [InlineData(Long + "b", Long + "a")]
    public void M11_Names_out_of_byte_order(string first, string second)
    {
        Wire wire = Entry(new Wire().Text("nix-archive-1", "(", "type", "directory"), first);
        long start = wire.Text("entry").Position;
        byte[] nar = wire.Text("(", "name", second, "node").NodeOf(new FileNode([])).Text(")", ")").ToArray();
        Verdict verdict = Check.Rejected(nar, start, "nar/entry_body/entry/name");
        Assert.Contains("byte order", verdict.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void M11_Prefixes_come_first() =>
        CheckKept(
            "a"u8.ToArray(), "a\x01"u8.ToArray(), "a-"u8.ToArray(), "a-b"u8.ToArray(), "a.b"u8.ToArray(), "ab"u8.ToArray());

    [Fact]
    public void M11_Order_begins_anew_in_each_directory()
    {
        Node inner = new DirectoryNode(
            [new("a"u8.ToArray(), new FileNode([])), new("z"u8.ToArray(), new FileNode([]))]);
        Check.Accepted(Wire.Nar(new DirectoryNode([new("m"u8.ToArray(), inner), new("n"u8.ToArray(), inner)])));
    }

    [Fact]
    public void M11_Order_is_kept_across_directories_in_between()
    {
        Node inner = new DirectoryNode(
            [new("z"u8.ToArray(), new DirectoryNode([new("zz"u8.ToArray(), new FileNode([]))]))]);
        Wire wire = new Wire()
            .Text("nix-archive-1", "(", "type", "directory", "entry", "(", "name", "m", "node")
            .NodeOf(inner);
        long start = wire.Text(")", "entry").Position;
        byte[] nar = wire.Text("(", "name", "m", "node").NodeOf(inner).Text(")", ")").ToArray();
        Check.Rejected(nar, start, "nar/entry_body/entry/name");
    }

    private static Wire Entry(Wire wire, string name) =>
        wire.Text("entry", "(", "name", name, "node").NodeOf(new FileNode([])).Text(")");

    /// <summary>Makes a directory with one entry; gives also where the entry's header and its name begin.</summary>
    private static (byte[] Nar, long Start, long Field) Named(byte[] name)
    {
        Wire wire = new Wire().Text("nix-archive-1", "(", "type", "directory", "entry");
        long start = wire.Position;
        wire.Text("(", "name");
        long field = wire.Position;
        return (wire.Bytes(name).Text("node").NodeOf(new FileNode([])).Text(")", ")").ToArray(), start, field);
    }

    private static void CheckBad(string name)
    {
        (byte[] nar, long start, long field) = Named(Encoding.Latin1.GetBytes(name));
        Verdict verdict = Check.Rejected(nar, field + sizeof(ulong), "nar/entry_body/entry/name");
        Check.View(nar, start, ViewKind.EntryHeader, verdict);
    }

    private static void CheckKept(params byte[][] names)
    {
        Node tree = new DirectoryNode(
            [.. names.Select(name => new KeyValuePair<byte[], Node>(name, new FileNode([])))]);
        byte[] nar = Wire.Nar(tree);
        Check.Accepted(nar);
        DirectoryNode read = Assert.IsType<DirectoryNode>(TreeSink.Read(new NarCursor(new MemoryStream(nar))));
        Assert.Equal(names, read.Entries.Select(entry => entry.Key));
    }
}
