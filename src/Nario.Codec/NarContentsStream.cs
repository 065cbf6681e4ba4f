namespace Nario.Codec;

/// <summary>The contents of one file of a NAR.</summary>
internal sealed class NarContentsStream(NarCursor nar) : Stream
{
    private long _left = (long)nar.Length;
    private int _chunkOffset;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => (long)nar.Length;

    public override long Position
    {
        get => Length - _left;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    public override int Read(Span<byte> buffer)
    {
        if (_left == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        if (_chunkOffset == nar.Contents.Length)
        {
            nar.Read();
            _chunkOffset = 0;
        }

        ReadOnlySpan<byte> chunk = nar.Contents[_chunkOffset..];
        int count = Math.Min(chunk.Length, buffer.Length);
        chunk[..count].CopyTo(buffer);
        _chunkOffset += count;
        _left -= count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
