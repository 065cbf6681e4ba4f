using System.Buffers.Binary;

namespace Nario.Ksy.Runtime;

/// <content>Numbers of whole bytes, and bits.</content>
public sealed partial class KsyInput
{
    internal byte ReadU1(string path)
    {
        _bitsLeft = 0;
        if (_index >= _limit)
        {
            Fill(1, path);
        }

        return _buffer[_index++];
    }

    internal sbyte ReadS1(string path) => (sbyte)ReadU1(path);

    internal ushort ReadU2Le(string path) => BinaryPrimitives.ReadUInt16LittleEndian(Take(2, path));

    internal ushort ReadU2Be(string path) => BinaryPrimitives.ReadUInt16BigEndian(Take(2, path));

    internal uint ReadU4Le(string path) => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, path));

    internal uint ReadU4Be(string path) => BinaryPrimitives.ReadUInt32BigEndian(Take(4, path));

    internal ulong ReadU8Le(string path) => BinaryPrimitives.ReadUInt64LittleEndian(Take(8, path));

    internal ulong ReadU8Be(string path) => BinaryPrimitives.ReadUInt64BigEndian(Take(8, path));

    internal short ReadS2Le(string path) => BinaryPrimitives.ReadInt16LittleEndian(Take(2, path));

    internal short ReadS2Be(string path) => BinaryPrimitives.ReadInt16BigEndian(Take(2, path));

    internal int ReadS4Le(string path) => BinaryPrimitives.ReadInt32LittleEndian(Take(4, path));

    internal int ReadS4Be(string path) => BinaryPrimitives.ReadInt32BigEndian(Take(4, path));

    internal long ReadS8Le(string path) => BinaryPrimitives.ReadInt64LittleEndian(Take(8, path));

    internal long ReadS8Be(string path) => BinaryPrimitives.ReadInt64BigEndian(Take(8, path));

    internal float ReadF4Le(string path) => BinaryPrimitives.ReadSingleLittleEndian(Take(4, path));

    internal float ReadF4Be(string path) => BinaryPrimitives.ReadSingleBigEndian(Take(4, path));

    internal double ReadF8Le(string path) => BinaryPrimitives.ReadDoubleLittleEndian(Take(8, path));

    internal double ReadF8Be(string path) => BinaryPrimitives.ReadDoubleBigEndian(Take(8, path));

    internal ushort ReadU2(KsyByteOrder order, string path) =>
        IsLittle(order, path) ? ReadU2Le(path) : ReadU2Be(path);

    internal uint ReadU4(KsyByteOrder order, string path) =>
        IsLittle(order, path) ? ReadU4Le(path) : ReadU4Be(path);

    internal ulong ReadU8(KsyByteOrder order, string path) =>
        IsLittle(order, path) ? ReadU8Le(path) : ReadU8Be(path);

    internal short ReadS2(KsyByteOrder order, string path) =>
        IsLittle(order, path) ? ReadS2Le(path) : ReadS2Be(path);

    internal int ReadS4(KsyByteOrder order, string path) =>
        IsLittle(order, path) ? ReadS4Le(path) : ReadS4Be(path);

    internal long ReadS8(KsyByteOrder order, string path) =>
        IsLittle(order, path) ? ReadS8Le(path) : ReadS8Be(path);

    internal float ReadF4(KsyByteOrder order, string path) =>
        IsLittle(order, path) ? ReadF4Le(path) : ReadF4Be(path);

    internal double ReadF8(KsyByteOrder order, string path) =>
        IsLittle(order, path) ? ReadF8Le(path) : ReadF8Be(path);

    /// <summary>Reads bits from the most significant one of each byte on.</summary>
    internal ulong ReadBitsBe(int count, string path)
    {
        Turn(little: false);
        int missing = count - _bitsLeft;
        if (missing <= 0)
        {
            _bitsLeft -= count;
            ulong taken = _bits >> _bitsLeft;
            _bits &= Ones(_bitsLeft);
            return taken;
        }

        // What is left of the last byte are its low bits; at most 8 bytes follow.
        ulong result = _bitsLeft == 0 ? 0 : _bits;
        int bytes = (missing + 7) / 8;
        int left = (bytes * 8) - missing;
        ulong last = 0;
        foreach (byte item in Take(bytes, path))
        {
            bytes--;
            last = item;
            result = bytes == 0 ? (result << (8 - left)) | (last >> left) : (result << 8) | item;
        }

        _bits = last & Ones(left);
        _bitsLeft = left;
        return result;
    }

    /// <summary>Reads bits from the least significant one of each byte on.</summary>
    internal ulong ReadBitsLe(int count, string path)
    {
        Turn(little: true);
        if (count <= _bitsLeft)
        {
            ulong taken = _bits & Ones(count);
            _bits = count == 64 ? 0 : _bits >> count;
            _bitsLeft -= count;
            return taken;
        }

        int have = _bitsLeft;
        ulong result = have == 0 ? 0 : _bits;
        int bytes = (count - have + 7) / 8;
        int left = have + (bytes * 8) - count;
        ulong last = 0;
        foreach (byte item in Take(bytes, path))
        {
            last = item;
            result |= last << have;
            have += 8;
        }

        _bits = left == 0 ? 0 : last >> (8 - left);
        _bitsLeft = left;
        return result & Ones(count);
    }

    private static ulong Ones(int count) => count >= 64 ? ulong.MaxValue : (1UL << count) - 1;

    /// <summary>Drops bits that are left of a byte when the next are taken from its other end.</summary>
    private void Turn(bool little)
    {
        if (_bitsAreLittle != little)
        {
            _bitsAreLittle = little;
            _bitsLeft = 0;
        }
    }

    private bool IsLittle(KsyByteOrder order, string path) =>
        order == KsyByteOrder.Undecided
            ? throw Error(KsyErrorKind.UndecidedEndianness, path, "an order of bytes", "none that fits")
            : order == KsyByteOrder.Little;
}
