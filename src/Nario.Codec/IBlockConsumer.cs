namespace Nario.Codec;

/// <summary>Gets the bytes of a NAR while they are read or written: hashes them, checks them, restores a tree from them.</summary>
public interface IBlockConsumer
{
    /// <summary>Takes the next bytes.</summary>
    /// <param name="bytes">
    /// At least one byte. They do not change before <see cref="Release"/> is called for them, so another thread may
    /// read them until then.
    /// </param>
    void Consume(ReadOnlyMemory<byte> bytes);

    /// <summary>
    /// Returns once the consumer no longer reads bytes of some memory, which is overwritten then. Called when the memory is
    /// needed, also after the consumer was detached, and perhaps never. A consumer that reads bytes only during the call
    /// of <see cref="Consume"/> has nothing to do.
    /// </summary>
    /// <param name="memory">A whole block: the bytes of one or more calls lie in it.</param>
    void Release(ReadOnlyMemory<byte> memory);
}
