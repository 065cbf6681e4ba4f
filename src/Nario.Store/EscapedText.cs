using System.Buffers;
using System.Globalization;
using System.Text;

namespace Nario.Store;

/// <summary>Makes text from outside fit to be shown: in an error, or on a terminal.</summary>
/// <remarks>
/// Text without control characters stays as it is. Bytes that are not UTF-8 and ASCII control characters become
/// <c>\xNN</c>; other characters that steer a terminal or hide the order of a line become <c>\u{N}</c>.
/// A backslash stays, so the result is for people, not for reading back.
/// </remarks>
public static class EscapedText
{
    /// <summary>Gets the text that the bytes stand for, with what is not printable escaped.</summary>
    /// <param name="bytes">UTF-8, or something that should have been.</param>
    /// <returns>One line of printable text.</returns>
    public static string FromBytes(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(bytes.Length);
        while (!bytes.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed);
            if (status == OperationStatus.Done)
            {
                Append(text, rune);
            }
            else
            {
                foreach (byte value in bytes[..consumed])
                {
                    AppendByte(text, value);
                }
            }

            bytes = bytes[consumed..];
        }

        return text.ToString();
    }

    /// <summary>Gets the text with what is not printable escaped.</summary>
    /// <param name="text">Any text; half of a surrogate pair is escaped as well.</param>
    /// <returns>One line of printable text.</returns>
    public static string FromText(ReadOnlySpan<char> text)
    {
        StringBuilder escaped = new(text.Length);
        while (!text.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf16(text, out Rune rune, out int consumed);
            if (status == OperationStatus.Done)
            {
                Append(escaped, rune);
            }
            else
            {
                AppendCodePoint(escaped, text[0]);
            }

            text = text[consumed..];
        }

        return escaped.ToString();
    }

    /// <summary>Gets whether a character can be shown as it is: it steers no terminal and hides no order.</summary>
    /// <param name="rune">The character.</param>
    /// <returns>Whether it stays unescaped.</returns>
    internal static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);

    private static void Append(StringBuilder text, Rune rune)
    {
        if (IsHarmless(rune))
        {
            text.Append(rune);
        }
        else if (rune.IsAscii)
        {
            AppendByte(text, (byte)rune.Value);
        }
        else
        {
            AppendCodePoint(text, rune.Value);
        }
    }

    private static void AppendByte(StringBuilder text, byte value) =>
        text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");

    private static void AppendCodePoint(StringBuilder text, int value) =>
        text.Append(CultureInfo.InvariantCulture, $"\\u{{{value:x}}}");
}
