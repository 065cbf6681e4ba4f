namespace Nario.Codec.Blocks;

/// <summary>Reads a stream in blocks for the generated readers, and lets parts of it be passed over.</summary>
/// <remarks>Holds one block of <see cref="BlockSize"/> bytes, whatever the stream holds.</remarks>
internal sealed class BlockReader(Stream stream)
{
    /// <summary>Size of the block in bytes.</summary>
    public const int BlockSize = 256 * 1024;

    private readonly byte[] _buffer = new byte[BlockSize];
    private int _begin;
    private int _end;
    private int _observed;
    private IByteObserver? _observer;

    /// <summary>The bytes that were read from the stream and not consumed yet.</summary>
    public ReadOnlySpan<byte> Block => _buffer.AsSpan(_begin, _end - _begin);

    /// <summary>Whether the stream ends with the block.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Whether parts can be passed over without reading them.</summary>
    public bool CanSeek { get; } = stream.CanSeek;

    /// <summary>Sees all bytes that are consumed from now on; null: none.</summary>
    public IByteObserver? Observer
    {
        get => _observer;
        set
        {
            Observe();
            _observer = value;
        }
    }

    /// <summary>Gets bytes by their place in the buffer; valid until the next call of <see cref="Fill"/> or <see cref="Skip"/>.</summary>
    public ReadOnlySpan<byte> Slice(BufferRange range) => _buffer.AsSpan(range.Start, range.Length);

    /// <summary>Gets the place of bytes that lie in the block.</summary>
    public BufferRange RangeOf(ReadOnlySpan<byte> bytes) =>
        ((ReadOnlySpan<byte>)_buffer).Overlaps(bytes, out int offset) ? new BufferRange(offset, bytes.Length) : default;

    /// <summary>Takes bytes from the beginning of the block.</summary>
    public void Consume(int count) => _begin += count;

    /// <summary>Reads more, unless the stream has ended. Reads once, so that a slow pipe never holds up what is there already.</summary>
    public void Fill()
    {
        if (IsFinal)
        {
            return;
        }

        Observe();
        if (_begin > 0)
        {
            Block.CopyTo(_buffer);
            _end -= _begin;
            _begin = 0;
            _observed = 0;
        }

        int count = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        IsFinal = count == 0;
    }

    /// <summary>Passes over bytes, by seeking where the stream can.</summary>
    public void Skip(long count)
    {
        int here = (int)Math.Min(count, _end - _begin);
        _begin += here;
        Observe();
        count -= here;
        if (count > 0 && stream.CanSeek && _observer is null)
        {
            long left = Math.Max(0, stream.Length - stream.Position);
            stream.Seek(Math.Min(left, count), SeekOrigin.Current);
            IsFinal = left < count;
            return;
        }

        while (count > 0 && !IsFinal)
        {
            Fill();
            here = (int)Math.Min(count, _end - _begin);
            _begin += here;
            count -= here;
        }
    }

    /// <summary>Goes back to an offset that was noted before; only where <see cref="CanSeek"/>.</summary>
    /// <param name="offset">Offset in the stream.</param>
    public void Return(long offset)
    {
        Observe();
        stream.Seek(offset, SeekOrigin.Begin);
        _begin = _end = _observed = 0;
        IsFinal = false;
    }

    /// <summary>Offset in the stream of the first byte of the block; only where <see cref="CanSeek"/>.</summary>
    public long StreamOffset => stream.Position - (_end - _begin);

    private void Observe()
    {
        if (_begin > _observed)
        {
            _observer?.Observe(_buffer.AsSpan(_observed, _begin - _observed));
        }

        _observed = _begin;
    }
}
