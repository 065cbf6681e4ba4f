using System.Buffers;
using System.Globalization;
using System.Text;

namespace Nario.Store;

/// <summary>Makes text from outside fit to be shown: in an error, or on a terminal.</summary>
/// <remarks>
/// Letters, digits, marks, punctuation and symbols that show stay as they are. Bytes that are not UTF-8 and ASCII
/// control characters become <c>\xNN</c>; other characters that steer a terminal, hide the order of a line or leave no
/// mark on it become <c>\u{N}</c>. A backslash stays, so the result is for people, not for reading back; text that was
/// escaped before stays as it is.
/// </remarks>
public static class EscapedText
{
    /// <summary>How many characters a line for the user has at most.</summary>
    public const int MaxLineLength = 2_048;

    // Room for the remark in place of what is cut out.
    private const int EndLength = (MaxLineLength / 2) - 32;

    /// <summary>Makes the line of a message: all that is not printable in it is escaped, and of a line that is too long
    /// the middle is cut out.</summary>
    /// <param name="message">The message, text from outside in it included.</param>
    /// <returns>One line of at most <see cref="MaxLineLength"/> characters.</returns>
    /// <remarks>All messages of the library and of the program pass here.</remarks>
    public static string ToLine(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        string line = FromText(message);
        if (line.Length <= MaxLineLength)
        {
            return line;
        }

        int start = char.IsHighSurrogate(line[EndLength - 1]) ? EndLength - 1 : EndLength;
        int end = line.Length - EndLength;
        end = char.IsLowSurrogate(line[end]) ? end + 1 : end;
        return string.Create(
            CultureInfo.InvariantCulture, $"{line.AsSpan(0, start)} [… {end - start} characters …] {line.AsSpan(end)}");
    }

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

    /// <summary>Gets whether a character can be shown as it is: it steers no terminal, hides no order and is not
    /// blank, but for the space.</summary>
    /// <param name="rune">The character.</param>
    /// <returns>Whether it stays unescaped.</returns>
    internal static bool IsHarmless(Rune rune) => rune.Value == ' ' || (
        !InvisibleCharacters.Contains(rune)
        && Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control
            or UnicodeCategory.Format
            or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned));

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
