namespace Nario.Fuzz.Reading;

/// <summary>The sizes of the blocks in which an input is handed over, chosen by the fuzzer.</summary>
/// <param name="codes">One code for each size, used in turn; none: the whole input is one block.</param>
/// <param name="endsLate">Whether it is known only after the last byte that there are no more.</param>
internal ref struct ChunkSizes(ReadOnlySpan<byte> codes, bool endsLate)
{
    private const int MaxCount = 15;
    private const int LateMark = 0x80;
    private const int FirstLarge = 0x80;
    private const int LargeUnit = 64;

    private readonly ReadOnlySpan<byte> _codes = codes;
    private int _next;

    /// <summary>Gets the size of a single block that holds everything.</summary>
    public static ChunkSizes Whole => default;

    /// <summary>Gets whether it is known only after the last byte that there are no more.</summary>
    public bool EndsLate { get; } = endsLate;

    /// <summary>Cuts the sizes off an input.</summary>
    /// <param name="input">One byte that says how many codes follow, the codes, and then the rest, which stays.</param>
    public static ChunkSizes Cut(ref ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return Whole;
        }

        int count = Math.Min(input[0] & MaxCount, input.Length - 1);
        ChunkSizes sizes = new(input.Slice(1, count), (input[0] & LateMark) != 0);
        input = input[(count + 1)..];
        return sizes;
    }

    /// <summary>Gets the prefix of an input that makes <see cref="Cut"/> give these codes.</summary>
    /// <param name="endsLate">Whether the end is known late.</param>
    /// <param name="codes">At most 15 codes.</param>
    public static byte[] MakePrefix(bool endsLate, params ReadOnlySpan<byte> codes) =>
        [(byte)(codes.Length | (endsLate ? LateMark : 0)), .. codes];

    /// <summary>Gets the next size in bytes, at least 1.</summary>
    public int Next()
    {
        if (_codes.IsEmpty)
        {
            return int.MaxValue;
        }

        int code = _codes[_next++ % _codes.Length];
        return code < FirstLarge ? code + 1 : (code - FirstLarge + 1) * LargeUnit;
    }
}
