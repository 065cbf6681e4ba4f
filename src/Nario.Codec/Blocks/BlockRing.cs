namespace Nario.Codec.Blocks;

/// <summary>The blocks that a stream passes through in turn, so that consumers on other threads can be behind.</summary>
/// <remarks>
/// Holds <see cref="BlockCount"/> blocks of <see cref="BlockSize"/> bytes at most; as long as there is no consumer, one.
/// </remarks>
internal sealed class BlockRing
{
    /// <summary>Size of a block in bytes.</summary>
    public const int BlockSize = 128 * 1024;

    /// <summary>How many blocks there are: with fewer, the reading thread and a consumer's wait for each other.</summary>
    public const int BlockCount = 6;

    private readonly byte[]?[] _blocks = new byte[]?[BlockCount];

    /// <summary>The consumers that may still read a block, by block.</summary>
    private readonly List<IBlockConsumer>[] _readers = new List<IBlockConsumer>[BlockCount];
    private readonly List<IBlockConsumer> _consumers = [];
    private int _current;

    /// <summary>Makes a ring.</summary>
    public BlockRing()
    {
        for (int block = 0; block < BlockCount; block++)
        {
            _readers[block] = [];
        }
    }

    /// <summary>Gets whether there is a consumer.</summary>
    public bool HasConsumers => _consumers.Count > 0;

    /// <summary>Adds a consumer of the bytes that are delivered from now on. Consumers get them in the order of their attachment.</summary>
    public void Attach(IBlockConsumer consumer) => _consumers.Add(consumer);

    /// <summary>Removes a consumer; one that is not attached is ignored.</summary>
    public void Detach(IBlockConsumer consumer) => _consumers.Remove(consumer);

    /// <summary>Removes all consumers.</summary>
    public void DetachAll() => _consumers.Clear();

    /// <summary>Gets a block that no consumer reads: the last one, with its bytes, if there is no reader of it.</summary>
    public byte[] Take()
    {
        if (_readers[_current].Count > 0)
        {
            _current = (_current + 1) % BlockCount;
            Release(_current);
        }

        return _blocks[_current] ??= GC.AllocateUninitializedArray<byte>(BlockSize);
    }

    /// <summary>Delivers bytes of the block that was taken last to the consumers.</summary>
    /// <param name="start">Index of the first one.</param>
    /// <param name="end">Index beyond the last one.</param>
    public void Deliver(int start, int end)
    {
        if (end == start)
        {
            return;
        }

        List<IBlockConsumer> readers = _readers[_current];
        foreach (IBlockConsumer consumer in _consumers)
        {
            // Noted first: a consumer that throws may have passed the bytes to its thread.
            if (!readers.Contains(consumer))
            {
                readers.Add(consumer);
            }

            consumer.Consume(_blocks[_current].AsMemory(start, end - start));
        }
    }

    /// <summary>Waits until no consumer reads a block, in reverse order of attachment.</summary>
    private void Release(int block)
    {
        List<IBlockConsumer> readers = _readers[block];
        while (readers.Count > 0)
        {
            IBlockConsumer reader = readers[^1];
            reader.Release(_blocks[block]);
            readers.RemoveAt(readers.Count - 1);
        }
    }
}
