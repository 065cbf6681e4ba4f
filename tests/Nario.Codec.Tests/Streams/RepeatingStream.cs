namespace Nario.Codec.Tests.Streams;

/// <summary>Some bytes, and then others many times, without holding them.</summary>
public sealed class RepeatingStream(byte[] first, byte[] repeated, long count) : Stream
{
    private long _position;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => first.Length + (repeated.Length * count);

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        int length = (int)Math.Min(count, Length - _position);
        for (int index = 0; index < length; index++, _position++)
        {
            buffer[offset + index] = _position < first.Length
                ? first[_position]
                : repeated[(_position - first.Length) % repeated.Length];
        }

        return length;
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
