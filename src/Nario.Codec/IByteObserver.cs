namespace Nario.Codec;

/// <summary>Sees the bytes of a NAR while they are read or written, for instance to hash them.</summary>
public interface IByteObserver
{
    /// <summary>Sees the next bytes.</summary>
    /// <param name="bytes">
    /// At least one byte. They stay as they are until <see cref="Release"/> is called for them, so that another thread
    /// may go on looking at them.
    /// </param>
    void Observe(ReadOnlyMemory<byte> bytes);

    /// <summary>
    /// Returns once nobody looks any more at the bytes of the earliest call of <see cref="Observe"/> that this was not
    /// called for yet. It has been called for all of them once another observer, or none, is in this one's place. There
    /// is nothing to do where bytes are looked at during the call of <see cref="Observe"/> only.
    /// </summary>
    void Release();
}
