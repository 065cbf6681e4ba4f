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
    private int _delivered;

    /// <summary>Makes a writer.</summary>
    /// <param name="stream">Takes the blocks.</param>
    public BlockWriter(Stream stream)
    {
        _stream = stream;
        _buffer = _ring.Take();
    }

    /// <summary>Delivers the bytes that are written from now on to a consumer as well.</summary>
    public void Attach(IBlockConsumer consumer)
    {
        Deliver();
        _ring.Attach(consumer);
    }

    /// <summary>Ends the delivery to all consumers, after the bytes that have been written so far.</summary>
    public void DetachAll()
    {
        try
        {
            Deliver();
        }
        finally
        {
            _ring.DetachAll();
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
        Deliver();
        _stream.Write(_buffer, 0, _end);
        _buffer = _ring.Take();
        _end = 0;
        _delivered = 0;
    }

    private void MakeRoom(int size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, BlockRing.BlockSize);
        if (_buffer.Length - _end < Math.Max(1, size))
        {
            Flush();
        }
    }

    private void Deliver()
    {
        int start = _delivered;
        _delivered = _end;
        _ring.Deliver(start, _end);
    }
}
