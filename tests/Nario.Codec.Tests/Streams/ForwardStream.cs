namespace Nario.Codec.Tests.Streams;

/// <summary>Bytes that come once and in pieces, as from a pipe.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="sizes">Largest numbers of bytes that the reads give, used in turn.</param>
public sealed class ForwardStream(byte[] bytes, params int[] sizes) : Stream
{
    private int _position;
    private int _reads;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether reads beyond the end throw, as a pipe that stays open would block.</summary>
    public bool StaysOpen { get; init; }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        int most = sizes.Length == 0 ? int.MaxValue : Math.Max(1, sizes[_reads++ % sizes.Length]);
        int length = Math.Min(Math.Min(count, most), bytes.Length - _position);
        Assert.False(StaysOpen && length == 0, "the reader waits for bytes that it does not need");
        bytes.AsSpan(_position, length).CopyTo(buffer.AsSpan(offset));
        _position += length;
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
