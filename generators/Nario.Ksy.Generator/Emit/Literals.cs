using System.Globalization;
using System.Text;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Writes constants as C# literals.</summary>
internal static class Literals
{
    /// <summary>Writes bytes as something that is a span wherever it stands.</summary>
    public static string Span(IReadOnlyList<byte> bytes)
    {
        string text = Bytes(bytes);
        return text[0] == '[' ? $"((ReadOnlySpan<byte>){text})" : text;
    }

    /// <summary>Writes bytes as a UTF-8 literal where they are ASCII, else as a collection for a span.</summary>
    public static string Bytes(IReadOnlyList<byte> bytes)
    {
        if (bytes.Any(value => value > 0x7f))
        {
            return "["
                + string.Join(", ", bytes.Select(value => "0x" + value.ToString("x2", CultureInfo.InvariantCulture)))
                + "]";
        }

        StringBuilder text = new("\"");
        foreach (byte value in bytes)
        {
            text.Append(
                value switch
                {
                    0 => "\\0",
                    (byte)'"' => "\\\"",
                    (byte)'\\' => "\\\\",
                    (byte)'\n' => "\\n",
                    (byte)'\r' => "\\r",
                    (byte)'\t' => "\\t",
                    < 0x20 or 0x7f => "\\u" + value.ToString("x4", CultureInfo.InvariantCulture),
                    _ => ((char)value).ToString(),
                });
        }

        return text.Append("\"u8").ToString();
    }

    /// <summary>Writes the UTF-8 of a string as something that is a span wherever it stands.</summary>
    public static string Utf8(string text) => Span(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a string.</summary>
    public static string Text(string text) => $"\"{Inside(text)}\"";

    /// <summary>Writes what stands between the quotation marks of a string.</summary>
    public static string Inside(string text)
    {
        StringBuilder literal = new();
        foreach (char character in text)
        {
            literal.Append(
                character switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    < ' ' or > '~' => "\\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture),
                    _ => character.ToString(),
                });
        }

        return literal.ToString();
    }
}
