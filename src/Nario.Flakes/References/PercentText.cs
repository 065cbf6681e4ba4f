using System.Globalization;
using System.Text;

namespace Nario.Flakes.References;

/// <summary>Percent-encoding of RFC 3986, over UTF-8.</summary>
internal static class PercentText
{
    /// <summary>What stays as it is in each part of a URL beside letters and digits.</summary>
    private const string Unreserved = "-._~";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes.</summary>
    /// <param name="text">The encoded text.</param>
    /// <param name="column">Where it begins, for errors.</param>
    /// <exception cref="FlakeReferenceException">A percent sign has no two digits, or the bytes are not UTF-8.</exception>
    internal static string Decode(ReadOnlySpan<char> text, int column)
    {
        if (!text.Contains('%'))
        {
            return text.ToString();
        }

        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        int length = 0;
        for (int index = 0; index < text.Length;)
        {
            if (text[index] == '%')
            {
                if (index + 2 >= text.Length || !byte.TryParse(
                    text.Slice(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[length]))
                {
                    throw FlakeReferenceException.At("invalid percent-encoding: '%' without two digits", column + index);
                }

                length++;
                index += 3;
                continue;
            }

            int run = text[index..].IndexOf('%') is >= 0 and var next ? next : text.Length - index;
            length += Encoding.UTF8.GetBytes(text.Slice(index, run), bytes.AsSpan(length));
            index += run;
        }

        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw FlakeReferenceException.At("invalid percent-encoding: the bytes are not UTF-8", column);
        }
    }

    /// <summary>Encodes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kept">What stays beside unreserved characters.</param>
    internal static string Encode(string text, string kept)
    {
        StringBuilder encoded = new(text.Length);
        foreach (byte value in Encoding.UTF8.GetBytes(text))
        {
            char character = (char)value;
            if (char.IsAsciiLetterOrDigit(character) || Unreserved.Contains(character) || kept.Contains(character))
            {
                encoded.Append(character);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        return encoded.ToString();
    }
}
