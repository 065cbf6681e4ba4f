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
    /// Returns once nobody looks any more at what <see cref="Observe"/> has shown of some memory, which may change then. It
    /// is called when that is wanted, be it after another observer, or none, has taken the place of this one, and perhaps
    /// never. There is nothing to do where bytes are looked at during the call of <see cref="Observe"/> only.
    /// </summary>
    /// <param name="memory">The memory: all that the bytes of one or more calls lie in.</param>
    void Release(ReadOnlyMemory<byte> memory);
}
