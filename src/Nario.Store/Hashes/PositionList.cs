namespace Nario.Store.Hashes;

/// <summary>Keeps ascending offsets, as the distances between them in 7 bits a byte, in bounded memory.</summary>
internal sealed class PositionList
{
    /// <summary>
    /// How many bytes are kept at most: offsets of more than 10 million occurrences that are up to 2 MiB apart each.
    /// They can be hashed only after the contents, so they have to be kept.
    /// </summary>
    internal const int MaxByteLength = 32 * 1024 * 1024;

    private const int SegmentLength = 64 * 1024;

    private const int PayloadBits = 7;

    private const byte MoreFlag = 0x80;

    private readonly List<byte[]> _segments = [];
    private int _length;
    private ulong _last;

    /// <summary>Adds an offset.</summary>
    /// <param name="position">At least the one that was added before.</param>
    /// <exception cref="StoreException">There is no room left.</exception>
    internal void Add(ulong position)
    {
        ulong distance = position - _last;
        _last = position;
        while (distance >= MoreFlag)
        {
            AddByte((byte)(distance | MoreFlag));
            distance >>= PayloadBits;
        }

        AddByte((byte)distance);
    }

    /// <summary>Gets the offsets in their order.</summary>
    public IEnumerator<ulong> GetEnumerator()
    {
        ulong position = 0;
        ulong distance = 0;
        int shift = 0;
        for (int i = 0; i < _length; i++)
        {
            byte value = _segments[i / SegmentLength][i % SegmentLength];
            distance |= (ulong)(value & ~MoreFlag) << shift;
            shift += PayloadBits;
            if ((value & MoreFlag) == 0)
            {
                position += distance;
                yield return position;
                distance = 0;
                shift = 0;
            }
        }
    }

    private void AddByte(byte value)
    {
        if (_length == MaxByteLength)
        {
            throw new StoreException("the contents mention their own path too often to be hashed");
        }

        if (_length % SegmentLength == 0)
        {
            _segments.Add(new byte[SegmentLength]);
        }

        _segments[_length / SegmentLength][_length % SegmentLength] = value;
        _length++;
    }
}
