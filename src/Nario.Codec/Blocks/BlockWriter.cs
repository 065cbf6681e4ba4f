using System.Buffers;

namespace Nario.Codec.Blocks;

/// <summary>Collects what the generated writers write into blocks for a stream.</summary>
/// <remarks>Holds one block of <see cref="BlockSize"/> bytes.</remarks>
internal sealed class BlockWriter(Stream stream) : IBufferWriter<byte>
{
    /// <summary>Size of the block in bytes.</summary>
    public const int BlockSize = 128 * 1024;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BlockSize);
    private int _end;
    private int _observed;
    private IByteObserver? _observer;

    /// <summary>Sees all bytes that are written from now on; null: none.</summary>
    public IByteObserver? Observer
    {
        get => _observer;
        set
        {
            Observe();
            _observer = value;
        }
    }

    /// <inheritdoc/>
    public void Advance(int count) => _end += count;

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
        stream.Write(_buffer, 0, _end);
        _end = 0;
        _observed = 0;
    }

    private void MakeRoom(int size)
    {
        if (_buffer.Length - _end < Math.Max(1, size))
        {
            Flush();
        }
    }

    private void Observe()
    {
        if (_end > _observed)
        {
            _observer?.Observe(_buffer.AsSpan(_observed, _end - _observed));
        }

        _observed = _end;
    }
}
