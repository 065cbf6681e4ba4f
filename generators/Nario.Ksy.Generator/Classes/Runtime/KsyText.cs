using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Nario.Ksy.Runtime;

/// <summary>Strings, and bytes that stand for them.</summary>
internal static class KsyText
{
    /// <summary>Most bytes of a value that a message shows.</summary>
    private const int LongestShown = 32;

    private static readonly ConcurrentDictionary<string, Encoding> Encodings = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets an encoding by the name that the language has for it.</summary>
    public static Encoding EncodingOf(string name, string path)
    {
        try
        {
            return Encodings.GetOrAdd(name, static key => Find(key));
        }
        catch (ArgumentException)
        {
            throw KsyErrors.Create(KsyErrorKind.Unsupported, 0, path, "an encoding that is known", name);
        }
    }

    /// <summary>Takes off what follows a terminator; where there is none, takes off padding.</summary>
    public static ReadOnlySpan<byte> Trim(
        ReadOnlySpan<byte> bytes, int padding, ReadOnlySpan<byte> terminator, bool include)
    {
        int found = terminator.IsEmpty ? -1 : IndexOf(bytes, terminator);
        return found >= 0 ? bytes.Slice(0, found + (include ? terminator.Length : 0))
            : padding >= 0 ? bytes.TrimEnd((byte)padding)
            : bytes;
    }

    /// <summary>Finds a terminator at a multiple of its length; -1 when there is none.</summary>
    public static int IndexOf(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> terminator)
    {
        if (terminator.Length == 1)
        {
            return bytes.IndexOf(terminator[0]);
        }

        int start = 0;
        while (start < bytes.Length)
        {
            int found = bytes.Slice(start).IndexOf(terminator);
            if (found < 0 || (start + found) % terminator.Length == 0)
            {
                return found < 0 ? -1 : start + found;
            }

            start += found + 1;
        }

        return -1;
    }

    /// <summary>Counts characters, not units of UTF-16.</summary>
    public static int Length(string text)
    {
        int count = 0;
        foreach (Rune _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    public static string Reverse(string text)
    {
        StringBuilder result = new(text.Length);
        int end = text.Length;
        while (end > 0)
        {
            int size = end > 1 && char.IsSurrogatePair(text, end - 2) ? 2 : 1;
            end -= size;
            result.Append(text, end, size);
        }

        return result.ToString();
    }

    public static string Substring(string text, long from, long to, string path)
    {
        int length = Length(text);
        if (from < 0 || to < from || to > length)
        {
            throw KsyErrors.Create(
                KsyErrorKind.OutOfRange, 0, path, "a part of " + length + " characters", from + " to " + to);
        }

        int start = Offset(text, from);
        return text.Substring(start, Offset(text, to) - start);
    }

    /// <summary>Reads a number: a sign or none, then digits of the base.</summary>
    public static long ToInteger(string text, long radix, string path)
    {
        int index = text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        bool isNegative = index == 1 && text[0] == '-';
        BigInteger value = BigInteger.Zero;
        bool isNumber = index < text.Length && radix is >= 2 and <= 36;
        for (; isNumber && index < text.Length; index++)
        {
            int digit = Digit(text[index]);
            value = (value * radix) + digit;
            isNumber = digit < radix && value <= ulong.MaxValue;
        }

        value = isNegative ? -value : value;
        if (!isNumber || value < long.MinValue)
        {
            throw KsyErrors.Create(
                KsyErrorKind.Conversion, 0, path, "a number in base " + radix, Show(text));
        }

        return unchecked((long)(ulong)(value & ulong.MaxValue));
    }

    public static string ToText(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string ToText(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    public static string ToText(double value) => value.ToString(CultureInfo.InvariantCulture);

    public static string ToText(bool value) => value ? "true" : "false";

    public static string ToText(string value) => value;

    /// <summary>Writes a value for a message.</summary>
    public static string Show(object? value) => value switch
    {
        null => "nothing",
        string text => "\"" + (text.Length > LongestShown ? text.Substring(0, LongestShown) + "…" : text) + "\"",
        byte[] bytes => "[" + BitConverter.ToString(bytes, 0, Math.Min(bytes.Length, LongestShown))
            + (bytes.Length > LongestShown ? "…]" : "]"),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static Encoding Find(string name) => name.ToUpperInvariant() switch
    {
        "SJIS" => CodePagesEncodingProvider.Instance.GetEncoding("shift_jis")!,
        "UTF-16LE" => Encoding.Unicode,
        "UTF-16BE" => Encoding.BigEndianUnicode,
        "UTF-32LE" => new UTF32Encoding(bigEndian: false, byteOrderMark: false),
        "UTF-32BE" => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
        _ => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name),
    };

    private static int Offset(string text, long characters)
    {
        int offset = 0;
        for (; characters > 0; characters--)
        {
            offset += char.IsSurrogatePair(text, offset) ? 2 : 1;
        }

        return offset;
    }

    private static int Digit(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'z' => digit - 'a' + 10,
        >= 'A' and <= 'Z' => digit - 'A' + 10,
        _ => int.MaxValue,
    };
}
