namespace Nario.Fuzz.Reading;

/// <summary>A stream that cannot seek and gives what it has in pieces, as a pipe does.</summary>
/// <param name="content">What it gives.</param>
/// <param name="codes">The sizes of the pieces, as <see cref="ChunkSizes"/> takes them.</param>
internal sealed class ChunkStream(byte[] content, byte[] codes) : Stream
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

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        int size = codes.Length == 0 ? count : new ChunkSizes([codes[_reads++ % codes.Length]], endsLate: false).Next();
        size = Math.Min(Math.Min(size, count), content.Length - _position);
        content.AsSpan(_position, size).CopyTo(buffer.AsSpan(offset));
        _position += size;
        return size;
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
