namespace Nario.Codec.Tests.Streams;

/// <summary>
/// Some bytes, then one piece many times, each time with the next number in its place, then other bytes.
/// </summary>
public sealed class NumberedEntriesStream(
    byte[] before, byte[] piece, int numberOffset, int digits, int pieces, byte[] after) : Stream
{
    private int _part = -1;
    private int _offset;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => before.Length + ((long)piece.Length * pieces) + after.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        int total = 0;
        while (total < count && _part <= pieces)
        {
            byte[] part = _part < 0 ? before : _part < pieces ? piece : after;
            int length = Math.Min(count - total, part.Length - _offset);
            part.AsSpan(_offset, length).CopyTo(buffer.AsSpan(offset + total));
            total += length;
            _offset += length;
            if (_offset == part.Length)
            {
                _part++;
                _offset = 0;
                int number = _part;
                for (int digit = digits - 1; digit >= 0; digit--, number /= 10)
                {
                    piece[numberOffset + digit] = (byte)('0' + (number % 10));
                }
            }
        }

        return total;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
