namespace Nario.Store.Hashes;

/// <summary>Reads base 64: strictly, so that each value has one spelling but for the padding, which may be left out; or as Nix reads
/// hashes.</summary>
internal static class Base64Text
{
    private const int BitsPerCharacter = 6;

    private const int BitsPerByte = 8;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// <summary>Gets how many characters a number of bytes takes, with padding.</summary>
    internal static int GetPaddedLength(int byteLength) => (byteLength + 2) / 3 * 4;

    /// <summary>Reads text that stands for any number of bytes.</summary>
    /// <returns>False when it has a character that is not of the alphabet, padding that is not whole, or bits set beyond the last
    /// byte.</returns>
    internal static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        int digits = text.TrimEnd('=').Length;
        bytes = new byte[(int)((long)digits * BitsPerCharacter / BitsPerByte)];
        return TryDecode(text, bytes);
    }

    /// <summary>Reads text that stands for exactly as many bytes as there is room for.</summary>
    /// <returns>False when it has another length, a character that is not of the alphabet, or bits set beyond the last
    /// byte.</returns>
    internal static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        int digits = ((bytes.Length * BitsPerByte) + BitsPerCharacter - 1) / BitsPerCharacter;
        if (text.Length == GetPaddedLength(bytes.Length))
        {
            if (text[digits..].ContainsAnyExcept('='))
            {
                return false;
            }

            text = text[..digits];
        }

        return text.Length == digits && TryDecodeDigits(text, bytes, out int tail) && tail == 0;
    }

    /// <summary>Reads text that stands for exactly as many bytes as there is room for, as Nix does: what comes after a <c>=</c>,
    /// line feeds, and bits beyond the last byte do not matter.</summary>
    /// <returns>False when it stands for another number of bytes, or has a character that is not of the alphabet.</returns>
    internal static bool TryDecodeLoosely(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        int end = text.IndexOf('=');
        string digits = text[..(end < 0 ? text.Length : end)].ToString().Replace("\n", "", StringComparison.Ordinal);
        return (long)digits.Length * BitsPerCharacter / BitsPerByte == bytes.Length && TryDecodeDigits(digits, bytes, out _);
    }

    /// <summary>Fills the room with the bits of digits, of which there are enough.</summary>
    private static bool TryDecodeDigits(ReadOnlySpan<char> digits, Span<byte> bytes, out int tail)
    {
        tail = 0;
        int pendingBits = 0;
        int written = 0;
        foreach (char character in digits)
        {
            int digit = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            tail = (tail << BitsPerCharacter) | digit;
            pendingBits += BitsPerCharacter;
            if (pendingBits >= BitsPerByte)
            {
                pendingBits -= BitsPerByte;
                bytes[written++] = (byte)(tail >> pendingBits);
                tail &= (1 << pendingBits) - 1;
            }
        }

        return true;
    }
}
