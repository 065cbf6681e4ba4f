namespace Nario.Codec;

/// <summary>Sees the bytes of a NAR while they are read or written, for instance to hash them.</summary>
public interface IByteObserver
{
    /// <summary>Sees the next bytes.</summary>
    /// <param name="bytes">At least one byte, valid during the call only.</param>
    void Observe(ReadOnlySpan<byte> bytes);
}
