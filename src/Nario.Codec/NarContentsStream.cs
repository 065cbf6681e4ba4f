namespace Nario.Codec;

/// <summary>The contents of one file of a NAR.</summary>
internal sealed class NarContentsStream(NarCursor nar) : Stream
{
    private readonly ulong _length = nar.Length;
    private ulong _left = nar.Length;
    private long _tokenCount = nar.TokenCount;
    private int _chunkOffset;
    private bool _isClosed;

    /// <inheritdoc/>
    public override bool CanRead => !_isClosed;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <summary>
    /// Size of the contents in bytes. No file is longer than a stream can say: reading one that claims to be fails.
    /// </summary>
    public override long Length => (long)Math.Min(_length, long.MaxValue);

    /// <inheritdoc/>
    public override long Position
    {
        get => (long)(_length - _left);
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (_left == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        if (_tokenCount != nar.TokenCount)
        {
            throw new InvalidOperationException("The cursor has left the file.");
        }

        if (_chunkOffset == nar.Contents.Length)
        {
            nar.ReadContents();
            _tokenCount = nar.TokenCount;
            _chunkOffset = 0;
        }

        ReadOnlySpan<byte> chunk = nar.Contents[_chunkOffset..];
        int count = Math.Min(chunk.Length, buffer.Length);
        chunk[..count].CopyTo(buffer);
        _chunkOffset += count;
        _left -= (ulong)count;
        return count;
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

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _isClosed = true;
        base.Dispose(disposing);
    }
}
