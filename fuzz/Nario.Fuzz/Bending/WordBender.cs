using System.Buffers.Binary;
using Nario.Fuzz.Trees;

namespace Nario.Fuzz.Bending;

/// <summary>Changes an archive word by word: all its lengths, numbers and tokens begin at a multiple of 8 bytes.</summary>
internal static class WordBender
{
    /// <summary>Size in bytes of what one change is spelled by, with a number of one byte.</summary>
    public const int ShortSpelling = 5;

    private const int WordSize = 8;
    private const int MaxChanges = 4;
    private const int MaxRepeatedWords = 32;

    /// <summary>Changes an archive a few times.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="source">How many changes, and what changes.</param>
    public static byte[] Bend(byte[] archive, ref ByteSource source)
    {
        List<byte> bytes = [.. archive];
        for (int count = source.Next(MaxChanges + 1); count > 0; count--)
        {
            int operation = source.Next(7);
            int place = (source.NextByte() << 8) | source.NextByte();
            ulong number = source.NextNumber();
            int words = bytes.Count / WordSize;
            if (words > 0)
            {
                Change(bytes, operation, place % words * WordSize, number);
            }
        }

        return [.. bytes];
    }

    private static void Change(List<byte> bytes, int operation, int start, ulong number)
    {
        byte[] word = new byte[WordSize];
        BinaryPrimitives.WriteUInt64LittleEndian(word, number);
        switch (operation)
        {
            case 0:
                bytes.RemoveRange(start, WordSize);
                bytes.InsertRange(start, word);
                break;
            case 1:
                // The last byte of a word is most often padding.
                bytes[start + WordSize - 1 - (int)(number % WordSize)] ^= (byte)(1 + (number >> 3));
                break;
            case 2:
                bytes.InsertRange(start, word);
                break;
            case 3:
                bytes.RemoveRange(start, WordSize);
                break;
            case 4:
                int end = start + (int)(number % WordSize);
                bytes.RemoveRange(end, bytes.Count - end);
                break;
            case 5:
                int length = Math.Min((1 + (int)(number % MaxRepeatedWords)) * WordSize, bytes.Count - start);
                bytes.InsertRange(start, bytes.GetRange(start, length));
                break;
            case 6:
                byte[] taken = [.. bytes.GetRange((int)(number % (ulong)(bytes.Count / WordSize)) * WordSize, WordSize)];
                bytes.RemoveRange(start, WordSize);
                bytes.InsertRange(start, taken);
                break;
        }
    }
}
