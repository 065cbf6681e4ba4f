namespace Nario.Store.Tests;

public class EscapedTextTests
{
    [Theory]
    [InlineData("plain text é 漢 \U0001F600", "plain text é 漢 \U0001F600")]
    [InlineData("a\nb\0\u001b[31m", "a\\x0ab\\x00\\x1b[31m")]
    [InlineData("\u0085\u202e\u2028", "\\u{85}\\u{202e}\\u{2028}")]
    [InlineData("e\u0301\u200b\ufeff", "e\u0301\\u{200b}\\u{feff}")]
    public void Escapes_what_steers_a_terminal_and_nothing_else(string text, string expected)
    {
        Assert.Equal(expected, EscapedText.FromText(text));
        Assert.Equal(expected, EscapedText.FromBytes(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Escapes_bytes_that_are_not_utf8() =>
        Assert.Equal("a\\xff\\xc3b", EscapedText.FromBytes([(byte)'a', 0xff, 0xc3, (byte)'b']));

    [Fact]
    public void Escapes_half_of_a_surrogate_pair() => Assert.Equal("a\\u{d800}b", EscapedText.FromText("a\ud800b"));

    // From DerivedCoreProperties.txt, the ends of each range; then blank letters, symbols and spaces; then what Unicode
    // does not say how to show.
    [Theory]
    [InlineData(0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e, 0x180f)]
    [InlineData(0x200b, 0x200f, 0x202a, 0x202e, 0x2060, 0x206f, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff0, 0xfff8)]
    [InlineData(0x1bca0, 0x1bca3, 0x1d173, 0x1d17a, 0xe0000, 0xe0001, 0xe0020, 0xe007f, 0xe0100, 0xe01ef, 0xe0fff)]
    [InlineData(0x2800, 0x13441, 0x13442, 0x1d159, 0xa0, 0x1680, 0x2000, 0x200a, 0x202f, 0x205f, 0x3000)]
    [InlineData(0x7f, 0x80, 0x9f, 0x2028, 0x2029, 0xe000, 0xffff, 0x10ffff)]
    public void Escapes_what_leaves_no_mark(params int[] codes) => Assert.All(codes, static code =>
    {
        string shown = EscapedText.FromText(char.ConvertFromUtf32(code));
        Assert.Matches("^[\\\\][xu][{0-9a-f}]+$", shown);
    });

    // The neighbours of the ranges.
    [Theory]
    [InlineData(0x20, 0xac, 0xae, 0x34e, 0x350, 0x61b, 0x115e, 0x1161, 0x17b3, 0x17b6, 0x180a, 0x2010, 0x2027, 0x2070)]
    [InlineData(0x27ff, 0x2801, 0x3163, 0x3165, 0xfdff, 0xfe10, 0xff9f, 0x13440, 0x1d158, 0x1d15a, 0x1d172, 0x1d17b)]
    public void Shows_what_leaves_a_mark(params int[] codes) => Assert.All(codes, static code =>
        Assert.Equal(char.ConvertFromUtf32(code), EscapedText.FromText(char.ConvertFromUtf32(code))));

    [Fact]
    public void Makes_one_line_of_bounded_length_of_any_message()
    {
        string most = new('x', EscapedText.MaxLineLength);
        string[] messages = [.. from lead in Enumerable.Range(0, 4)
            from text in (string[])["\U0001F600", "\n", "\u2800", "x"]
            select new string('y', lead) + string.Concat(Enumerable.Repeat(text, 100_000))];

        Assert.Equal(most, EscapedText.ToLine(most));
        Assert.All(messages, static message =>
        {
            string line = EscapedText.ToLine($"begin{message}end");
            Assert.InRange(line.Length, EscapedText.MaxLineLength - 64, EscapedText.MaxLineLength);
            Assert.StartsWith("begin", line, StringComparison.Ordinal);
            Assert.EndsWith("end", line, StringComparison.Ordinal);
            Assert.Matches(" [[]… [0-9]+ characters …[]] ", line);
            Assert.Equal(line, EscapedText.ToLine(line));
        });
    }

    [Fact]
    public void Escapes_the_message_of_every_error()
    {
        Assert.Equal("a\\x0a\\u{202e}", new StoreException("a\n\u202e").Message);
        Assert.Equal("a\\x1b", new StoreException("a\u001b", new InvalidOperationException()).Message);
        Assert.InRange(new StoreException(new string('x', 5_000)).Message.Length, 1_900, EscapedText.MaxLineLength);
    }
}
