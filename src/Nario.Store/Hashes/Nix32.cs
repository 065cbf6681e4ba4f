using System.Buffers;

namespace Nario.Store.Hashes;

/// <summary>Nix's base 32: the spelling of hashes in store paths, content addresses and fingerprints.</summary>
/// <remarks>
/// The bytes are one number, the first byte the least significant; its digits of 5 bits are written the most
/// significant first. The alphabet leaves out <c>e o u t</c>.
/// </remarks>
public static class Nix32
{
    private const int BitsPerCharacter = 5;

    private const int BitsPerByte = 8;

    private const string Alphabet = "0123456789abcdfghijklmnpqrsvwxyz";

    internal static readonly SearchValues<byte> AlphabetBytes =
        SearchValues.Create("0123456789abcdfghijklmnpqrsvwxyz"u8);

    /// <summary>Gets how many characters a number of bytes takes.</summary>
    /// <param name="byteLength">Bytes, at least 0.</param>
    /// <returns>Characters: 32 for 20 bytes, 52 for 32 bytes.</returns>
    public static int GetEncodedLength(int byteLength) =>
        (int)((((long)byteLength * BitsPerByte) + BitsPerCharacter - 1) / BitsPerCharacter);

    /// <summary>Writes bytes in base 32.</summary>
    /// <param name="bytes">Any number of bytes.</param>
    /// <returns><see cref="GetEncodedLength"/> characters.</returns>
    public static string Encode(ReadOnlySpan<byte> bytes) =>
        string.Create(GetEncodedLength(bytes.Length), bytes, static (characters, source) =>
        {
            for (int i = 0; i < characters.Length; i++)
            {
                int bit = (characters.Length - 1 - i) * BitsPerCharacter;
                int index = bit / BitsPerByte;
                int pair = source[index] | (index + 1 < source.Length ? source[index + 1] << BitsPerByte : 0);
                characters[i] = Alphabet[(pair >> (bit % BitsPerByte)) & 0x1f];
            }
        });

    /// <summary>Reads base 32 into bytes.</summary>
    /// <param name="text">The characters.</param>
    /// <param name="bytes">Is filled to its end; its content is undefined when the text is refused.</param>
    /// <returns>
    /// False when the text has another length than that many bytes take, a character that is not of the alphabet, or
    /// bits set beyond the last byte, so that each value has one spelling.
    /// </returns>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        if (text.Length != GetEncodedLength(bytes.Length))
        {
            return false;
        }

        bytes.Clear();
        for (int i = 0; i < text.Length; i++)
        {
            int digit = Alphabet.IndexOf(text[i], StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            int bit = (text.Length - 1 - i) * BitsPerCharacter;
            int index = bit / BitsPerByte;
            int shifted = digit << (bit % BitsPerByte);
            bytes[index] |= (byte)shifted;
            int carry = shifted >> BitsPerByte;
            if (index + 1 < bytes.Length)
            {
                bytes[index + 1] |= (byte)carry;
            }
            else if (carry != 0)
            {
                return false;
            }
        }

        return true;
    }
}
