namespace Nario.Codec.Tests.Streams;

/// <summary>Some bytes, then zeros without end in sight, then other bytes; only the bytes are held.</summary>
public sealed class SparseStream(byte[] before, long zeros, byte[] after, bool canSeek) : Stream
{
    private long _position;

    /// <summary>Number of bytes that were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Number of reads.</summary>
    public int ReadCount { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => canSeek;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => before.Length + zeros + after.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => canSeek ? _position : throw new NotSupportedException();
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        int length;
        if (_position < before.Length)
        {
            length = Math.Min(count, before.Length - (int)_position);
            before.AsSpan((int)_position, length).CopyTo(buffer.AsSpan(offset));
        }
        else if (_position < before.Length + zeros)
        {
            length = (int)Math.Min(count, before.Length + zeros - _position);
            buffer.AsSpan(offset, length).Clear();
        }
        else
        {
            int start = (int)Math.Min(after.Length, _position - before.Length - zeros);
            length = Math.Min(count, after.Length - start);
            after.AsSpan(start, length).CopyTo(buffer.AsSpan(offset));
        }

        _position += length;
        BytesRead += length;
        ReadCount++;
        return length;
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin)
    {
        if (!canSeek)
        {
            throw new NotSupportedException();
        }

        _position = offset + origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => _position,
            _ => Length,
        };
        return _position;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
