using Nario.Codec.Tests.Streams;
using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests.Framing;

/// <summary>Lengths, paddings and ends of NARs.</summary>
public sealed class NarFramingTests
{
    internal static readonly ulong[] OddLengths =
    [
        0, 1, 7, 8, 31, 32, 33, 255, 256, 4095, 4096, 1UL << 31, 1UL << 32, (1UL << 63) - 1, 1UL << 63,
        .. Enumerable.Range(1, 16).Select(distance => ulong.MaxValue - (ulong)distance + 1),
    ];

    public static TheoryData<ulong> Lengths => [.. OddLengths];

    public static TheoryData<int> PaddingPositions => [.. Enumerable.Range(1, 7)];

    [Fact]
    public void N01_Empty_input() => Check.Truncated([], 0, "nar/magic");

    [Fact]
    public void N02_Magic_only() => Check.Truncated(new Wire().Text("nix-archive-1").ToArray(), 24, "nar/node/open");

    [Fact]
    public void N03_Magic_of_another_text()
    {
        Verdict verdict = Check.Rejected(new Wire().Text("nix-archive-2").Text("(", "type").ToArray(), 0, "nar/magic");
        Assert.Contains("nix-archive-1", verdict.Expected, StringComparison.Ordinal);
        Assert.Contains("nix-archive-2", verdict.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void N03_Magic_with_padding_that_is_not_zero() =>
        Check.Rejected(
            new Wire().Bytes("nix-archive-1"u8, filler: 1).NodeOf(new FileNode([])).ToArray(), 0, "nar/magic");

    [Theory]
    [MemberData(nameof(Lengths))]
    public void N04_Magic_of_another_length(ulong length) =>
        Check.Rejected(new Wire().Number(length).Raw("nix-archive-1\0\0\0"u8).ToArray(), 0, "nar/magic");

    [Theory]
    [MemberData(nameof(Lengths))]
    public void N06_Length_of_a_node_type(ulong length)
    {
        Wire wire = new Wire().Text("nix-archive-1", "(", "type");
        long start = wire.Position;
        byte[] nar = wire.Number(length).Raw("regula"u8).ToArray();
        CheckLength(nar, start, length, (0, 32), "nar/node/type", ViewKind.NodeType, start, "name", available: 6);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void N06_Length_of_a_file_tag(ulong length)
    {
        Wire wire = new Wire().Text("nix-archive-1", "(", "type", "regular");
        long start = wire.Position;
        byte[] nar = wire.Number(length).Raw("content"u8).ToArray();
        CheckLength(
            nar, start, length, (0, 32), "nar/regular/file", ViewKind.FileHeader, start, "tag/name", available: 7);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void N06_Length_of_an_entry_tag(ulong length)
    {
        Wire wire = new Wire().Text("nix-archive-1", "(", "type", "directory");
        long start = wire.Position;
        byte[] nar = wire.Number(length).Raw("entr"u8).ToArray();
        CheckLength(nar, start, length, (0, 32), "nar/entry/tag", ViewKind.EntryTag, start, "name", available: 4);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void N06_Length_of_a_name(ulong length)
    {
        Wire wire = new Wire().Text("nix-archive-1", "(", "type", "directory", "entry");
        long start = wire.Position;
        wire.Text("(", "name");
        long field = wire.Position;
        byte[] nar = wire.Number(length).ToArray();
        CheckLength(
            nar, field, length, (1, 255), "nar/entry_body/entry", ViewKind.EntryHeader, start, "name", available: 0);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void N06_Length_of_a_target(ulong length)
    {
        Wire wire = new Wire().Text("nix-archive-1", "(", "type", "symlink");
        long start = wire.Position;
        wire.Text("target");
        long field = wire.Position;
        byte[] nar = wire.Number(length).ToArray();
        CheckLength(nar, field, length, (1, 4095), "nar/node/symlink", ViewKind.Symlink, start, "target", available: 0);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void N06_Length_of_contents(ulong length)
    {
        byte[] nar = new Wire().Text("nix-archive-1", "(", "type", "regular", "contents").Number(length).ToArray();
        if (length > long.MaxValue - (ulong)nar.Length)
        {
            Verdict verdict = Check.Rejected(nar, nar.Length, "nar/regular/contents");
            Assert.Equal(length.ToString(System.Globalization.CultureInfo.InvariantCulture), verdict.Found);
        }
        else
        {
            Check.Truncated(nar, nar.Length, length == 0 ? "nar/regular/close" : "nar/regular/contents");
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void N06_Length_of_the_value_of_executable(ulong length)
    {
        Wire wire = new Wire().Text("nix-archive-1", "(", "type", "regular");
        long start = wire.Position;
        wire.Text("executable");
        long field = wire.Position;
        byte[] nar = wire.Number(length).Text("contents", "", ")").ToArray();
        if (length == 0)
        {
            Check.Accepted(nar);
            return;
        }

        Check.View(nar, start, ViewKind.FileHeader, Check.Rejected(nar, field, "nar/regular/file/marker"));
    }

    [Theory]
    [MemberData(nameof(PaddingPositions))]
    public void N07_Padding_of_a_node_type_that_is_not_zero(int position)
    {
        Wire wire = new Wire().Text("nix-archive-1", "(", "type");
        long start = wire.Position;
        byte[] nar = wire.Text("directory", ")").ToArray();
        CheckPadding(
            nar, start + 8 + "directory".Length, position, "nar/node/type/padding", (start, ViewKind.NodeType));
    }

    [Theory]
    [MemberData(nameof(PaddingPositions))]
    public void N07_Padding_of_an_entry_tag_that_is_not_zero(int position)
    {
        Wire wire = new Wire().Text("nix-archive-1", "(", "type", "directory");
        long start = wire.Position;
        byte[] nar = wire.Text(")").ToArray();
        CheckPadding(nar, start + 9, position, "nar/entry/tag/padding", (start, ViewKind.EntryTag));
    }

    [Theory]
    [InlineData("executable")]
    [InlineData("entry")]
    public void N07_Padding_of_other_tags_that_is_not_zero(string tag)
    {
        bool isFile = tag == "executable";
        Wire wire = new Wire().Text("nix-archive-1", "(", "type", isFile ? "regular" : "directory");
        long start = wire.Position;
        byte[] nar = wire.Text(tag, "", "contents", "", ")").ToArray();
        CheckPadding(
            nar,
            start + 8 + tag.Length,
            1,
            isFile ? "nar/regular/file/tag/padding" : "nar/entry/tag/padding",
            (start, isFile ? ViewKind.FileHeader : ViewKind.EntryTag));
    }

    [Theory]
    [MemberData(nameof(PaddingPositions))]
    public void N07_Padding_of_a_name_that_is_not_zero(int position)
    {
        Wire wire = new Wire().Text("nix-archive-1", "(", "type", "directory", "entry");
        long start = wire.Position;
        wire.Text("(", "name");
        long field = wire.Position;
        byte[] nar = wire.Text("a", "node").NodeOf(new FileNode([])).Text(")", ")").ToArray();
        Check.Accepted(nar);
        CheckPadding(nar, field + 9, position, "nar/entry_body/entry/padding", (start, ViewKind.EntryHeader));
    }

    [Theory]
    [MemberData(nameof(PaddingPositions))]
    public void N07_Padding_of_a_target_that_is_not_zero(int position)
    {
        Wire wire = new Wire().Text("nix-archive-1", "(", "type", "symlink");
        long start = wire.Position;
        wire.Text("target");
        long field = wire.Position;
        byte[] nar = wire.Text("a", ")").ToArray();
        Check.Accepted(nar);
        CheckPadding(nar, field + 9, position, "nar/node/symlink/padding", (start, ViewKind.Symlink));
    }

    [Theory]
    [MemberData(nameof(PaddingPositions))]
    public void N07_Padding_of_contents_that_is_not_zero(int position)
    {
        Wire wire = new Wire().Text("nix-archive-1", "(", "type", "regular", "contents");
        long field = wire.Position;
        byte[] nar = wire.Text("a", ")").ToArray();
        Check.Accepted(nar);
        nar[field + 8 + position] = 1;
        Verdict verdict = Check.Rejected(nar, field + 8 + position, "nar/regular/padding");
        Assert.Equal("a byte of value 1", verdict.Found);
    }

    [Fact]
    public void N08_Every_truncation_of_a_NAR()
    {
        byte[] nar = Wire.Nar(
            new DirectoryNode([new("x"u8.ToArray(), new FileNode("12345"u8.ToArray(), IsExecutable: true))]));
        for (int length = 0; length < nar.Length; length++)
        {
            Verdict verdict = NarModes.Read(nar[..length]);
            Assert.True(verdict.IsTruncated, $"cut after {length} bytes: {verdict}");
            Assert.InRange(verdict.Offset, 0, length);
        }
    }

    [Fact]
    public void N09_Bytes_after_a_NAR_are_not_waited_for()
    {
        byte[] nar = Wire.Nar(new DirectoryNode([new("x"u8.ToArray(), new FileNode("12345"u8.ToArray()))]));
        NarCursor cursor = new(new ForwardStream(nar, 3) { StaysOpen = true }) { SkipContents = true };
        while (cursor.Read())
        {
        }

        Assert.True(cursor.IsComplete);
        Assert.Equal(nar.Length, cursor.Offset);
    }

    private static void CheckLength(
        byte[] nar,
        long field,
        ulong length,
        (ulong Least, ulong Most) bounds,
        string specPath,
        ViewKind view,
        long start,
        string name,
        int available)
    {
        Verdict verdict;
        if (length < bounds.Least || length > bounds.Most)
        {
            string tag = name.Contains('/', StringComparison.Ordinal) ? "/tag" : string.Empty;
            verdict = Check.Rejected(nar, field, $"{specPath}{tag}/length");
            Assert.Equal(length.ToString(System.Globalization.CultureInfo.InvariantCulture), verdict.Found);
        }
        else if (length <= (ulong)available)
        {
            verdict = Check.Rejected(nar, field + sizeof(ulong), $"{specPath}/{name}");
        }
        else
        {
            Check.Truncated(nar, start, specPath);
            return;
        }

        Check.View(nar, start, view, verdict);
    }

    private static void CheckPadding(
        byte[] nar, long padding, int position, string specPath, (long Start, ViewKind Kind) view)
    {
        nar[padding + position - 1] = 1;
        Verdict verdict = Check.Rejected(nar, padding + position - 1, specPath);
        Assert.Equal("a byte of value 1", verdict.Found);
        Check.View(nar, view.Start, view.Kind, verdict);
    }
}
