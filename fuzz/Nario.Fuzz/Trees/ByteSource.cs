using System.Buffers.Binary;

namespace Nario.Fuzz.Trees;

/// <summary>Turns the bytes of an input into choices. At its end every choice is zero.</summary>
/// <param name="input">The input.</param>
internal ref struct ByteSource(ReadOnlySpan<byte> input)
{
    private ReadOnlySpan<byte> _rest = input;

    /// <summary>Gets whether no bytes are left.</summary>
    public readonly bool IsEmpty => _rest.IsEmpty;

    /// <summary>Gets the next byte.</summary>
    public byte NextByte()
    {
        if (_rest.IsEmpty)
        {
            return 0;
        }

        byte value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    /// <summary>Gets a number below a limit.</summary>
    public int Next(int limit) => NextByte() % limit;

    /// <summary>Gets whether the next byte is odd.</summary>
    public bool NextBoolean() => (NextByte() & 1) != 0;

    /// <summary>Gets a number of 64 bits; how many of them can be set is chosen first.</summary>
    public ulong NextNumber()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        int count = Next(sizeof(ulong) + 1);
        for (int index = 0; index < count; index++)
        {
            bytes[index] = NextByte();
        }

        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>Gets a length between two bounds, small ones and the bounds themselves more often than others.</summary>
    public int NextLength(int least, int most)
    {
        int range = most - least + 1;
        int code = NextByte();
        return code switch
        {
            < 0xd0 => least + Math.Min((code % 32), most - least),
            < 0xe0 => most - Math.Min(code % 16, most - least),
            _ => least + (((NextByte() << 8) | NextByte()) % range),
        };
    }

    /// <summary>Gets bytes: as many as asked for, the last one repeated after the end of the input.</summary>
    public byte[] NextBytes(int length)
    {
        byte[] bytes = new byte[length];
        int taken = Math.Min(length, _rest.Length);
        _rest[..taken].CopyTo(bytes);
        _rest = _rest[taken..];
        bytes.AsSpan(taken).Fill((byte)'a');
        return bytes;
    }
}
