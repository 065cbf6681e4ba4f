namespace Nario.Flakes.Unpacking;

/// <summary>A part of a stream that can seek, which others read as well.</summary>
internal sealed class SubStream(Stream whole, long offset, long length) : ForwardStream
{
    private long _position;

    public override int Read(Span<byte> buffer)
    {
        int wanted = (int)Math.Min(buffer.Length, length - _position);
        if (wanted == 0)
        {
            return 0;
        }

        whole.Position = offset + _position;
        int count = whole.Read(buffer[..wanted]);
        _position += count;
        return count;
    }
}
