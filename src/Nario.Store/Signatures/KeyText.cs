using System.Text;
using Nario.Store.Hashes;

namespace Nario.Store.Signatures;

/// <summary>Reads <c>NAME:BASE64</c>, the text of signatures and keys.</summary>
internal static class KeyText
{
    /// <summary>Reads a name and bytes that fill the room exactly.</summary>
    /// <param name="text">The text, cut at its first colon.</param>
    /// <param name="bytes">Is filled to its end.</param>
    /// <param name="name">The name, when there is no fault.</param>
    /// <returns>What is wrong, as a part of an error line; null when it is good.</returns>
    internal static string? TryParse(string text, Span<byte> bytes, out string name)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        name = colon < 0 ? "" : text[..colon];
        if (colon < 0)
        {
            return "there is no colon after the name of the key";
        }

        if (name.Length == 0)
        {
            return "the name of the key is empty";
        }

        // Stores keep signatures, and configurations keys, as one text with spaces between them.
        if (name.EnumerateRunes().Any(rune => Rune.IsWhiteSpace(rune) || Rune.IsControl(rune)))
        {
            return "the name of the key contains white space or a control character";
        }

        return CanonicalBase64.TryDecode(text.AsSpan(colon + 1), bytes)
            ? null
            : $"what follows the name of the key is not {bytes.Length} bytes in base 64";
    }

    /// <summary>Writes a name and bytes.</summary>
    internal static string Format(string name, ReadOnlySpan<byte> bytes) => $"{name}:{Convert.ToBase64String(bytes)}";
}
