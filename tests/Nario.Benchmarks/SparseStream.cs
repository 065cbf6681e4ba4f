namespace Nario.Benchmarks;

/// <summary>Writes to a file, and leaves holes where there would be nothing but zeros.</summary>
internal sealed class SparseStream(FileStream file) : Stream
{
    /// <summary>A hole begins and ends at a multiple of this.</summary>
    private const int PageSize = 4096;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int count = (int)Math.Min(buffer.Length, PageSize - (file.Position % PageSize));
            if (count == PageSize && !buffer[..count].ContainsAnyExcept((byte)0))
            {
                file.Seek(count, SeekOrigin.Current);
            }
            else
            {
                file.Write(buffer[..count]);
            }

            buffer = buffer[count..];
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        file.Flush();
        if (file.Position > file.Length)
        {
            file.SetLength(file.Position);
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Flush();
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
