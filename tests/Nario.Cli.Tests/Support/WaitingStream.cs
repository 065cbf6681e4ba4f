namespace Nario.Cli.Tests.Support;

/// <summary>An input that takes longer than progress waits to be shown.</summary>
internal sealed class WaitingStream(byte[] bytes) : MemoryStream(bytes)
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(150);

    public override int Read(byte[] buffer, int offset, int count)
    {
        Thread.Sleep(Delay);
        return base.Read(buffer, offset, count);
    }

    public override int Read(Span<byte> buffer)
    {
        Thread.Sleep(Delay);
        return base.Read(buffer);
    }
}
