namespace Nario.Cli.Messages;

/// <summary>Counts what is read from or written to a stream, and what is passed over.</summary>
internal sealed class WatchedStream(Stream inner, Progress progress) : Stream
{
    /// <summary>Gets how many bytes were read.</summary>
    public long ReadCount { get; private set; }

    /// <summary>Gets the stream that is watched.</summary>
    public Stream Inner => inner;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => CountRead(inner.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => CountRead(inner.Read(buffer));

    public override void Write(byte[] buffer, int offset, int count)
    {
        inner.Write(buffer, offset, count);
        progress.CountBytes(count);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        inner.Write(buffer);
        progress.CountBytes(buffer.Length);
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        long before = inner.Position;
        long after = inner.Seek(offset, origin);
        progress.CountBytes(after - before);
        return after;
    }

    public override void SetLength(long value) => inner.SetLength(value);

    public override void Flush() => inner.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int CountRead(int count)
    {
        ReadCount += count;
        progress.CountBytes(count);
        return count;
    }
}
