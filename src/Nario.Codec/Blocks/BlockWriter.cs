using System.Buffers;

namespace Nario.Codec.Blocks;

/// <summary>Collects what the generated writers write into blocks for a stream.</summary>
/// <remarks>Holds the blocks of a <see cref="BlockRing"/>.</remarks>
internal sealed class BlockWriter : IBufferWriter<byte>
{
    private readonly Stream _stream;
    private readonly BlockRing _ring = new();
    private byte[] _buffer;
    private int _end;
    private int _observed;

    /// <summary>Makes a writer.</summary>
    /// <param name="stream">Takes the blocks.</param>
    public BlockWriter(Stream stream)
    {
        _stream = stream;
        _buffer = _ring.Take();
    }

    /// <summary>Sees all bytes that are written from now on; null: none.</summary>
    public IByteObserver? Observer
    {
        get => _ring.Observer;
        set
        {
            try
            {
                Observe();
            }
            finally
            {
                _ring.Observer = value;
            }
        }
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_buffer.Length - _end), nameof(count));
        _end += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsMemory(_end);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsSpan(_end);
    }

    /// <summary>Passes everything on to the stream.</summary>
    public void Flush()
    {
        Observe();
        _stream.Write(_buffer, 0, _end);
        _buffer = _ring.Take();
        _end = 0;
        _observed = 0;
    }

    private void MakeRoom(int size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, BlockRing.BlockSize);
        if (_buffer.Length - _end < Math.Max(1, size))
        {
            Flush();
        }
    }

    private void Observe()
    {
        int start = _observed;
        _observed = _end;
        _ring.Show(start, _end);
    }
}
