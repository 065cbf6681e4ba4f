namespace Nario.Testing;

/// <summary>An input as a pipe gives it: it cannot seek, and comes in pieces that end anywhere.</summary>
public sealed class PipeStream(Stream inner) : Stream
{
    private const int LargestPiece = 5000;

    private readonly Random _random = new(1);

    public PipeStream(byte[] bytes)
        : this(new MemoryStream(bytes))
    {
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) =>
        inner.Read(buffer[..Math.Min(buffer.Length, _random.Next(1, LargestPiece))]);

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
