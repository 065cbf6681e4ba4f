namespace Nario.Fuzz.Tests;

/// <summary>Changes inputs a little, the same way each time.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> tokens)
{
    private const int MaxChanges = 4;

    private readonly Random _random = new(seed);

    /// <summary>Gets a changed copy.</summary>
    public byte[] Change(byte[] input)
    {
        List<byte> bytes = [.. input];
        for (int count = _random.Next(1, MaxChanges + 1); count > 0; count--)
        {
            int place = _random.Next(bytes.Count + 1);
            int length = Math.Min(_random.Next(1, 17), bytes.Count - place);
            switch (_random.Next(6))
            {
                case 0 when place < bytes.Count:
                    bytes[place] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1 when place < bytes.Count:
                    bytes[place] = (byte)_random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(place, length);
                    break;
                case 3:
                    bytes.InsertRange(place, bytes.GetRange(place, length));
                    break;
                case 4:
                    bytes.InsertRange(place, tokens[_random.Next(tokens.Count)]);
                    break;
                case 5:
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
            }
        }

        return [.. bytes];
    }
}
