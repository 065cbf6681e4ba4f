using Nario.Ksy.Diagnostics;
using Nario.Ksy.Yaml;

namespace Nario.Ksy.Tests;

/// <summary>Nodes, their raw text and their places.</summary>
public sealed class YamlReaderTests
{
    [Theory]
    [InlineData("18446744073709551615", "18446744073709551615", true)]
    [InlineData("0x1_0", "0x1_0", true)]
    [InlineData("1.50", "1.50", true)]
    [InlineData("'it''s'", "it's", false)]
    [InlineData("\"a\\tb\\x00\"", "a\tb\0", false)]
    [InlineData("\"a\n  b\"", "a b", false)]
    [InlineData("|\n  a\n  b", "a\nb", false)]
    [InlineData(">\n  a\n  b\n", "a b\n", false)]
    [InlineData("a\n  b", "a b", true)]
    [InlineData("", "", true)]
    public void Scalar_KeepsItsText(string source, string text, bool isPlain)
    {
        YamlScalar scalar = Assert.IsType<YamlScalar>(ParseMapping("key: " + source).Entries[0].Value);
        Assert.Equal((text, isPlain), (scalar.Text, scalar.IsPlain));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Places_CountUtf16AfterEveryKindOfLineEnd(string lineEnd)
    {
        string text = string.Join(
            lineEnd,
            "\U0001F600: b # \U0001F600", "\"c d\":", "  - \U0001F600e", "  - 'f'", "g: {h: [i, j] }", "k: l", "");
        YamlMapping mapping = ParseMapping(text);

        Check(mapping.Entries[0].Key, "\U0001F600", 0, 0);
        Check(mapping.Entries[0].Value, "b", 0, 4);
        Check(mapping.Entries[1].Key, "\"c d\"", 1, 0);
        YamlSequence sequence = Assert.IsType<YamlSequence>(mapping.Entries[1].Value);
        Check(sequence, $"- \U0001F600e{lineEnd}  - 'f'", 2, 2);
        Check(sequence.Items[0], "\U0001F600e", 2, 4);
        Check(sequence.Items[1], "'f'", 3, 4);
        YamlMapping flow = Assert.IsType<YamlMapping>(mapping.Entries[2].Value);
        Check(flow, "{h: [i, j] }", 4, 3);
        Check(flow.Entries[0].Value, "[i, j]", 4, 7);
        Check(mapping.Entries[3].Value, "l", 5, 3);
        Check(mapping, text.TrimEnd('\r', '\n'), 0, 0);

        void Check(YamlNode node, string source, int line, int column)
        {
            Assert.Equal(source, text.Substring(node.Span.Start, node.Span.Length));
            Assert.Equal((line, column), (node.Span.Line, node.Span.Column));
        }
    }

    [Fact]
    public void ByteOrderMark_IsNotCounted() => Assert.Equal(0, ParseMapping("\uFEFFa: b").Span.Start);

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("'")]
    [InlineData("!")]
    [InlineData("&a ")]
    [InlineData("*a ")]
    [InlineData(": ")]
    [InlineData("---\n")]
    [InlineData("a:\n")]
    [InlineData("%YAML 1.2\n")]
    [InlineData("\"\\")]
    public void HostileRepetition_IsRefusedOnASmallStack(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 100_000));
        DiagnosticBag diagnostics = new("spec.ksy");
        YamlNode? root = null;
        Thread thread = new(() => root = YamlReader.Parse(text, diagnostics), maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();

        Assert.True(root is null or YamlScalar || diagnostics.HasErrors);
    }

    [Fact]
    public void DeepestAllowed_IsRead()
    {
        string text = new string('[', YamlReader.MaxDepth) + new string(']', YamlReader.MaxDepth);
        DiagnosticBag diagnostics = new("spec.ksy");
        Assert.NotNull(YamlReader.Parse(text, diagnostics));
        Assert.Empty(diagnostics.Items);
    }

    private static YamlMapping ParseMapping(string text)
    {
        DiagnosticBag diagnostics = new("spec.ksy");
        YamlMapping mapping = Assert.IsType<YamlMapping>(YamlReader.Parse(text, diagnostics));
        Assert.Empty(diagnostics.Items);
        return mapping;
    }
}
