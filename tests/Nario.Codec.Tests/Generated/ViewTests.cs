using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests.Generated;

/// <summary>The generated views: each is read back as it was written, and refuses what its specification does.</summary>
public sealed class ViewTests
{
    private delegate int WriteTo(Span<byte> destination);

    [Theory]
    [InlineData(Nar.NodeTypeName.Regular, "regular")]
    [InlineData(Nar.NodeTypeName.Symlink, "symlink")]
    [InlineData(Nar.NodeTypeName.Directory, "directory")]
    public void The_type_of_a_node(Nar.NodeTypeName name, string text)
    {
        byte[] encoding = AssertWrites(
            new Wire().Text(text), Nar.NodeType.GetSize(name), destination => Nar.NodeType.Write(destination, name));
        Assert.Equal(name, Nar.NodeType.Read(encoding, out int consumed).Name);
        Assert.Equal(encoding.Length, consumed);
        AssertCut("nar/node_type", encoding, static input => Nar.NodeType.Read(input, out _));
        AssertWrong(
            new Wire().Text("regulaR"), "nar/node_type/name", "\"regular\", \"symlink\" or \"directory\"", 8,
            static input => Nar.NodeType.Read(input, out _));
        AssertWrong(
            new Wire().Text(new string('r', 33)), "nar/node_type/length", "at most 32", 0,
            static input => Nar.NodeType.Read(input, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Nar.NodeType.GetSize((Nar.NodeTypeName)3));
    }

    [Theory]
    [InlineData(Nar.FileTagName.Executable, "executable")]
    [InlineData(Nar.FileTagName.Contents, "contents")]
    public void The_tag_of_a_file(Nar.FileTagName name, string text)
    {
        byte[] encoding = AssertWrites(
            new Wire().Text(text), Nar.FileTag.GetSize(name), destination => Nar.FileTag.Write(destination, name));
        Assert.Equal(name, Nar.FileTag.Read(encoding, out int consumed).Name);
        Assert.Equal(encoding.Length, consumed);
        AssertCut("nar/file_tag", encoding, static input => Nar.FileTag.Read(input, out _));
        AssertWrong(
            new Wire().Text(new string('c', 33)), "nar/file_tag/length", "at most 32", 0,
            static input => Nar.FileTag.Read(input, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Nar.FileTag.GetSize((Nar.FileTagName)2));
    }

    [Theory]
    [InlineData(Nar.EntryTagName.Entry, "entry")]
    [InlineData(Nar.EntryTagName.RightParenthesis, ")")]
    public void The_tag_of_an_entry(Nar.EntryTagName name, string text)
    {
        byte[] encoding = AssertWrites(
            new Wire().Text(text), Nar.EntryTag.GetSize(name), destination => Nar.EntryTag.Write(destination, name));
        Assert.Equal(name, Nar.EntryTag.Read(encoding, out int consumed).Name);
        Assert.Equal(encoding.Length, consumed);
        AssertCut("nar/entry_tag", encoding, static input => Nar.EntryTag.Read(input, out _));
        AssertWrong(
            new Wire().Text(new string('e', 33)), "nar/entry_tag/length", "at most 32", 0,
            static input => Nar.EntryTag.Read(input, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Nar.EntryTag.GetSize((Nar.EntryTagName)2));
    }

    [Theory]
    [InlineData(Nar.FileTagName.Contents, 0)]
    [InlineData(Nar.FileTagName.Executable, ulong.MaxValue)]
    public void The_header_of_a_file(Nar.FileTagName tag, ulong length)
    {
        Wire expected = tag == Nar.FileTagName.Executable ? new Wire().Text("executable", "", "contents") : new Wire().Text("contents");
        byte[] encoding = AssertWrites(
            expected.Number(length), Nar.FileHeader.GetSize(tag, length), destination => Nar.FileHeader.Write(destination, tag, length));
        Nar.FileHeader header = Nar.FileHeader.Read(encoding, out int consumed);
        Assert.Equal((tag, length, encoding.Length), (header.Tag, header.Length, consumed));
        AssertCut("nar/file_header", encoding, static input => Nar.FileHeader.Read(input, out _));
        AssertWrong(
            new Wire().Text("executable", "x"), "nar/file_header/marker",
            "\"\\0\\0\\0\\0\\0\\0\\0\\0\\x08\\0\\0\\0\\0\\0\\0\\0contents\"", 24, static input => Nar.FileHeader.Read(input, out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(4095)]
    public void A_link(int length)
    {
        byte[] target = [.. Enumerable.Repeat((byte)'t', length)];
        byte[] encoding = AssertWrites(
            new Wire().Text("target").Bytes(target).Text(")"),
            Nar.Symlink.GetSize(target),
            destination => Nar.Symlink.Write(destination, target));
        Assert.Equal(target, Nar.Symlink.Read(encoding, out int consumed).Target);
        Assert.Equal(encoding.Length, consumed);
        AssertCut("nar/symlink", encoding, static input => Nar.Symlink.Read(input, out _));
        AssertWrong(
            new Wire().Text("target", ""), "nar/symlink/length", "1 to 4095", 16, static input => Nar.Symlink.Read(input, out _));
        AssertWrong(
            new Wire().Text("target").Bytes(new byte[4096]), "nar/symlink/length", "1 to 4095", 16,
            static input => Nar.Symlink.Read(input, out _));
        Assert.Throws<KsyValueException>("target", () => Nar.Symlink.GetSize([]));
        Assert.Throws<KsyValueException>("target", () => Nar.Symlink.GetSize(new byte[4096]));
        Assert.Throws<KsyValueException>("target", () => Nar.Symlink.GetSize("a\0"u8));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(255)]
    public void The_header_of_an_entry(int length)
    {
        byte[] name = [.. Enumerable.Repeat((byte)'n', length)];
        byte[] encoding = AssertWrites(
            new Wire().Text("(", "name").Bytes(name).Text("node"),
            Nar.EntryHeader.GetSize(name),
            destination => Nar.EntryHeader.Write(destination, name));
        Assert.Equal(name, Nar.EntryHeader.Read(encoding, out int consumed).Name);
        Assert.Equal(encoding.Length, consumed);
        AssertCut("nar/entry_header", encoding, static input => Nar.EntryHeader.Read(input, out _));
        AssertWrong(
            new Wire().Text("(", "name", ""), "nar/entry_header/length", "1 to 255", 32,
            static input => Nar.EntryHeader.Read(input, out _));
        AssertWrong(
            new Wire().Text("(", "name").Bytes(new byte[256]), "nar/entry_header/length", "1 to 255", 32,
            static input => Nar.EntryHeader.Read(input, out _));
        Assert.Throws<KsyValueException>("name", () => Nar.EntryHeader.GetSize([]));
        Assert.Throws<KsyValueException>("name", () => Nar.EntryHeader.GetSize(new byte[256]));
        Assert.Throws<KsyValueException>("name", () => Nar.EntryHeader.GetSize(".."u8));
    }

    [Theory]
    [InlineData(NarioV1.SignatureTag.Absent, "")]
    [InlineData(NarioV1.SignatureTag.Present, "signature")]
    public void The_old_signature(NarioV1.SignatureTag tag, string text)
    {
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(text);
        Wire expected = new Wire().Number((ulong)tag);
        byte[] encoding = AssertWrites(
            tag == NarioV1.SignatureTag.Present ? expected.Text(text) : expected,
            NarioV1.Signature.GetSize(tag, bytes),
            destination => NarioV1.Signature.Write(destination, tag, bytes));
        NarioV1.Signature signature = NarioV1.Signature.Read(encoding, out int consumed);
        Assert.Equal((tag, encoding.Length), (signature.Tag, consumed));
        Assert.Equal(bytes, signature.Text);
        AssertCut("nario_v1/signature", encoding, static input => NarioV1.Signature.Read(input, out _));
        AssertWrong(
            new Wire().Number(2), "nario_v1/signature/tag", "0 (absent) or 1 (present)", 0,
            static input => NarioV1.Signature.Read(input, out _));
        AssertWrong(
            new Wire().Number(1).Bytes(new byte[4097]), "nario_v1/signature/text/length", "0 to 4096", 8,
            static input => NarioV1.Signature.Read(input, out _));
        Assert.Throws<KsyValueException>(nameof(tag), () => NarioV1.Signature.GetSize((NarioV1.SignatureTag)2, []));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1234567")]
    [InlineData("12345678")]
    public void A_string(string text)
    {
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(text);
        byte[] encoding = AssertWrites(
            new Wire().Text(text), NixWire.Str.GetSize(0, 8, bytes), destination => NixWire.Str.Write(destination, 0, 8, bytes));
        Assert.Equal(bytes, NixWire.Str.Read(encoding, 0, 8, out int consumed).Bytes);
        Assert.Equal(encoding.Length, consumed);
        AssertCut("nix_wire/str", encoding, static input => NixWire.Str.Read(input, 0, 8, out _));
        AssertWrong(
            new Wire().Bytes(bytes), "nix_wire/str/length", $"{text.Length + 1} to 9", 0,
            input => NixWire.Str.Read(input, (ulong)text.Length + 1, 9, out _));
        AssertWrong(
            new Wire().Bytes(new byte[9]), "nix_wire/str/length", "0 to 8", 0, static input => NixWire.Str.Read(input, 0, 8, out _));
        AssertWrong(
            new Wire().Bytes("1"u8, filler: 7), "nix_wire/str/padding", "padding with bytes of value 0", 9,
            static input => NixWire.Str.Read(input, 0, 8, out _));
        Assert.Throws<KsyValueException>("bytes", () => NixWire.Str.GetSize(0, 8, new byte[9]));
        Assert.Throws<KsyValueException>("bytes", () => NixWire.Str.GetSize(1, 8, []));
    }

    private static byte[] AssertWrites(Wire expected, int size, WriteTo write)
    {
        byte[] bytes = expected.ToArray();
        Assert.Equal(bytes.Length, size);

        // What was there before must not show through in padding.
        byte[] destination = [.. Enumerable.Repeat((byte)0xaa, size)];
        Assert.Equal(size, write(destination));
        Assert.Equal(bytes, destination);
        Assert.Throws<ArgumentException>("destination", () => write(new byte[size - 1]));
        return bytes;
    }

    /// <summary>An encoding that ends too early is told from one that is wrong.</summary>
    private static void AssertCut(string place, byte[] encoding, Action<byte[]> read)
    {
        for (int length = 0; length < encoding.Length; length++)
        {
            NarioFormatException error = Assert.Throws<NarioFormatException>(() => read(encoding[..length]));
            Assert.True(error.IsTruncated);
            Assert.Equal((place, "more bytes", 0), (error.SpecPath, error.Expected, error.Offset));
        }
    }

    private static void AssertWrong(Wire input, string place, string expected, long offset, Action<byte[]> read)
    {
        NarioFormatException error = Assert.Throws<NarioFormatException>(() => read(input.ToArray()));
        Assert.False(error.IsTruncated);
        Assert.Equal((place, expected, offset), (error.SpecPath, error.Expected, error.Offset));
    }
}
