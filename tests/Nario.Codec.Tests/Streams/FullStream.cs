namespace Nario.Codec.Tests.Streams;

/// <summary>Takes some writes, fails once, and would take all that come then.</summary>
public sealed class FullStream(int goodWrites) : MemoryStream
{
    private int _writes;

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        if (_writes++ == goodWrites)
        {
            throw new IOException("the disk is full");
        }

        base.Write(buffer, offset, count);
    }
}
