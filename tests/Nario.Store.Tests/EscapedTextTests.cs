namespace Nario.Store.Tests;

public class EscapedTextTests
{
    [Theory]
    [InlineData("plain text é 漢 \U0001F600", "plain text é 漢 \U0001F600")]
    [InlineData("a\nb\0\u001b[31m", "a\\x0ab\\x00\\x1b[31m")]
    [InlineData("\u0085\u202e\u2028", "\\u{85}\\u{202e}\\u{2028}")]
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
}
