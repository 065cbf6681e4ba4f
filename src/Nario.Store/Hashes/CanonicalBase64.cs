namespace Nario.Store.Hashes;

/// <summary>Reads base 64 so that each value has one spelling, but for the padding, which may be left out.</summary>
internal static class CanonicalBase64
{
    private const int BitsPerCharacter = 6;

    private const int BitsPerByte = 8;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// <summary>Gets how many characters a number of bytes takes, with padding.</summary>
    internal static int GetPaddedLength(int byteLength) => (byteLength + 2) / 3 * 4;

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

        if (text.Length != digits)
        {
            return false;
        }

        int pending = 0;
        int pendingBits = 0;
        int written = 0;
        foreach (char character in text)
        {
            int digit = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            pending = (pending << BitsPerCharacter) | digit;
            pendingBits += BitsPerCharacter;
            if (pendingBits >= BitsPerByte)
            {
                pendingBits -= BitsPerByte;
                bytes[written++] = (byte)(pending >> pendingBits);
                pending &= (1 << pendingBits) - 1;
            }
        }

        return pending == 0;
    }
}
