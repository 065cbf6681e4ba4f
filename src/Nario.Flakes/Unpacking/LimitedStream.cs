using System.Globalization;

namespace Nario.Flakes.Unpacking;

/// <summary>A stream that fails once it has given more than it may, or the work is cancelled.</summary>
internal sealed class LimitedStream(Stream inner, long limit, CancellationToken cancellation) : ForwardStream
{
    private long _count;

    public override int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        int count = inner.Read(buffer);
        _count += count;
        return _count <= limit ? count : throw Exceeded(limit);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    internal static ArchiveException Exceeded(long limit) => ArchiveException.Whole(string.Create(
        CultureInfo.InvariantCulture, $"unpacked, the input has more than {limit} bytes; --max-size allows more"));
}
