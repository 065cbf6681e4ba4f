namespace Nario.Store.Tests.Import;

/// <summary>A pipe whose other end stays open after the last byte.</summary>
/// <param name="bytes">What comes through it.</param>
/// <param name="cancellation">Ends waiting for more.</param>
internal sealed class StallingStream(byte[] bytes, CancellationToken cancellation) : MemoryStream(bytes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public override bool CanSeek => false;

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = base.Read(buffer, offset, count);
        if (read == 0 && cancellation.WaitHandle.WaitOne(Patience))
        {
            throw new OperationCanceledException(cancellation);
        }

        return read;
    }
}
