namespace Nario.Codec.Blocks;

/// <summary>Reads a stream in blocks for the generated readers, and lets parts of it be passed over.</summary>
/// <remarks>
/// Holds the blocks of a <see cref="BlockRing"/>, whatever the stream holds. Offsets count from where the stream stood.
/// </remarks>
internal sealed class BlockReader
{
    /// <summary>
    /// How many bytes are read first from where the stream was moved to: mostly little is wanted there before it is
    /// moved again. Each further read asks for twice as much.
    /// </summary>
    private const int FirstAppetite = 2 * 1024;

    private readonly Stream _stream;
    private readonly long _origin;
    private readonly BlockRing _ring = new();
    private byte[] _buffer;
    private long _streamLength;
    private int _appetite = BlockRing.BlockSize;
    private int _begin;
    private int _end;
    private int _delivered;
    private bool _isAway;
    private bool _isClosed;

    /// <summary>Makes a reader.</summary>
    /// <param name="stream">The stream, from its current position on.</param>
    public BlockReader(Stream stream)
    {
        _stream = stream;
        CanSeek = stream.CanSeek;
        _origin = CanSeek ? stream.Position : 0;
        _buffer = _ring.Take();
    }

    /// <summary>The bytes that were read from the stream and not consumed yet.</summary>
    public ReadOnlySpan<byte> Block => _buffer.AsSpan(_begin, _end - _begin);

    /// <summary>Whether the stream ends with the block.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Whether parts can be passed over without reading them, and read once more.</summary>
    public bool CanSeek { get; }

    /// <summary>Delivers the bytes that are read from now on to a consumer as well.</summary>
    public void Attach(IBlockConsumer consumer)
    {
        Deliver();
        _ring.Attach(consumer);
    }

    /// <summary>Ends the delivery to consumers, after the bytes that have been read so far.</summary>
    public void Detach(ReadOnlySpan<IBlockConsumer> consumers)
    {
        try
        {
            Deliver();
        }
        finally
        {
            foreach (IBlockConsumer consumer in consumers)
            {
                _ring.Detach(consumer);
            }
        }
    }

    /// <summary>Ends the delivery to all consumers, after the bytes that have been read so far.</summary>
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

    /// <summary>
    /// Gets bytes by their place in the buffer; valid until the next call of <see cref="Fill"/> or <see cref="Skip"/>.
    /// </summary>
    public ReadOnlySpan<byte> Slice(BufferRange range) => _buffer.AsSpan(range.Start, range.Length);

    /// <summary>Gets the place of bytes that lie in the block.</summary>
    public BufferRange RangeOf(ReadOnlySpan<byte> bytes) =>
        ((ReadOnlySpan<byte>)_buffer).Overlaps(bytes, out int offset) ? new BufferRange(offset, bytes.Length) : default;

    /// <summary>Runs steps over one block after another, until one stops or the archive is complete.</summary>
    /// <param name="step">The step.</param>
    /// <typeparam name="TStep">Its type.</typeparam>
    /// <returns>Whether a step has stopped; if not, the archive is complete.</returns>
    /// <exception cref="NarioFormatException">The input is not valid.</exception>
    public bool Pump<TStep>(TStep step)
        where TStep : struct, IBlockStep
    {
        while (true)
        {
            bool isStopped = step.Read(Block, IsFinal, out int consumed, out long toSkip);
            _begin += consumed;
            if (isStopped)
            {
                return true;
            }

            if (step.IsComplete)
            {
                return false;
            }

            if (toSkip > 0)
            {
                step.Unskip(Skip(toSkip));
            }

            Fill();
        }
    }

    /// <summary>Goes beyond bytes at the beginning of the block.</summary>
    public void Advance(int count) => _begin += count;

    /// <summary>
    /// Reads more, unless the stream has ended. Reads once, so that a slow pipe never holds up what is there already.
    /// </summary>
    /// <exception cref="InvalidOperationException">The stream has thrown before.</exception>
    public void Fill()
    {
        if (IsFinal)
        {
            return;
        }

        Deliver();
        if (_begin > 0)
        {
            ReadOnlySpan<byte> rest = Block;
            _buffer = _ring.Take();
            rest.CopyTo(_buffer);
            _end = rest.Length;
            _begin = 0;
            _delivered = 0;
        }

        Leave();
        int count = _stream.Read(_buffer, _end, Math.Min(_appetite, _buffer.Length - _end));
        _isAway = false;
        _appetite = Math.Min(2 * _appetite, BlockRing.BlockSize);
        _end += count;
        IsFinal = count == 0;
    }

    /// <summary>Passes over bytes, by seeking where the stream can and there is no consumer.</summary>
    /// <returns>How many of them the stream does not have: 0 unless it ends too early.</returns>
    /// <exception cref="InvalidOperationException">The stream has thrown before.</exception>
    public long Skip(long count)
    {
        count -= SkipInBlock(count);
        Deliver();
        if (count > 0 && CanSeek && !_ring.HasConsumers)
        {
            Leave();
            long position = _stream.Position;
            if (count > _streamLength - position)
            {
                _streamLength = _stream.Length;
            }

            long here = Math.Min(count, Math.Max(0, _streamLength - position));
            Move(here, SeekOrigin.Current);
            count -= here;
            IsFinal = count > 0;
            return count;
        }

        while (count > 0 && !IsFinal)
        {
            Fill();
            count -= SkipInBlock(count);
        }

        return count;
    }

    /// <summary>
    /// Goes to an offset that was read before; only where <see cref="CanSeek"/>. What the buffer still holds is not
    /// read again.
    /// </summary>
    /// <param name="offset">Offset from the beginning of the input.</param>
    /// <exception cref="InvalidOperationException">The stream has thrown before.</exception>
    public void Return(long offset)
    {
        Deliver();
        Leave();
        long back = _stream.Position - _origin - offset;
        if (back >= 0 && back <= _end)
        {
            _isAway = false;
            _begin = _delivered = _end - (int)back;
            return;
        }

        Move(_origin + offset, SeekOrigin.Begin);
        IsFinal = false;

        // What is read once more is wanted as a whole.
        _appetite = BlockRing.BlockSize;
    }

    /// <summary>Delivers all bytes that have been read to the consumers.</summary>
    public void Deliver()
    {
        int start = _delivered;
        _delivered = _begin;
        _ring.Deliver(start, _begin);
    }

    /// <summary>Refuses further use.</summary>
    public void Close()
    {
        _isClosed = true;
        _begin = _end;
        IsFinal = false;
    }

    /// <summary>
    /// Notes that the stream is at work. One that throws may have moved, so nothing can be read from it afterwards.
    /// </summary>
    private void Leave()
    {
        ObjectDisposedException.ThrowIf(_isClosed, typeof(NarioReader));
        if (_isAway)
        {
            throw new InvalidOperationException("The reader has failed before.");
        }

        _isAway = true;
    }

    /// <summary>Moves the stream, of which the buffer holds nothing then.</summary>
    private void Move(long offset, SeekOrigin origin)
    {
        _stream.Seek(offset, origin);
        _isAway = false;
        _buffer = _ring.Take();
        _begin = _end = _delivered = 0;
        _appetite = FirstAppetite;
    }

    private int SkipInBlock(long count)
    {
        int here = (int)Math.Min(count, _end - _begin);
        _begin += here;
        return here;
    }
}
