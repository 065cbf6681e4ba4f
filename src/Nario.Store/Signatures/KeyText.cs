using System.Text;
using Nario.Store.Hashes;

namespace Nario.Store.Signatures;

/// <summary>Reads <c>NAME:BASE64</c>, the text of signatures and keys.</summary>
internal static class KeyText
{
    /// <summary>Reads a name and bytes.</summary>
    /// <param name="text">The text, cut at its first colon.</param>
    /// <param name="name">The name; empty when there is none.</param>
    /// <param name="bytes">The bytes, at least one, when there is no fault.</param>
    /// <returns>What is wrong, as a part of an error line that repeats nothing of the text; null when it is good.</returns>
    internal static string? TryParse(string text, out string name, out byte[] bytes)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        name = colon < 0 ? "" : text[..colon];
        bytes = [];
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

        return Base64Text.TryDecode(text.AsSpan(colon + 1), out bytes) && bytes.Length > 0
            ? null
            : "what follows the name of the key is not base 64";
    }

    /// <summary>Says which key an error is about, by its name at most: the rest may be a secret.</summary>
    internal static string Describe(string what, string name) =>
        name.Length == 0 ? what : $"{what} '{EscapedText.FromText(name)}'";

    /// <summary>Writes a name and bytes.</summary>
    internal static string Format(string name, ReadOnlySpan<byte> bytes) => $"{name}:{Convert.ToBase64String(bytes)}";
}
