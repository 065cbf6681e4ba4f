namespace Nario.Codec.Blocks;

/// <summary>The blocks that a stream passes through in turn, so that an observer can be behind.</summary>
/// <remarks>
/// Holds <see cref="BlockCount"/> blocks of <see cref="BlockSize"/> bytes at most; as long as nothing observes, one.
/// </remarks>
internal sealed class BlockRing
{
    /// <summary>Size of a block in bytes.</summary>
    public const int BlockSize = 128 * 1024;

    /// <summary>How many blocks there are: fewer, and who reads and who observes wait for each other.</summary>
    public const int BlockCount = 6;

    private readonly byte[]?[] _blocks = new byte[]?[BlockCount];

    /// <summary>How many pieces of each block were shown to the observer and not released.</summary>
    private readonly int[] _pieces = new int[BlockCount];
    private int _current;
    private IByteObserver? _observer;

    /// <summary>
    /// Sees what <see cref="Show"/> is called for; null: nobody. The one before has released all that it saw.
    /// </summary>
    public IByteObserver? Observer
    {
        get => _observer;
        set
        {
            // From the oldest on, which is the one after the current one.
            for (int distance = 1; distance <= BlockCount; distance++)
            {
                Release((_current + distance) % BlockCount);
            }

            _observer = value;
        }
    }

    /// <summary>Gets a block that nobody looks at: the one before, if that is so, with what it holds.</summary>
    public byte[] Take()
    {
        if (_pieces[_current] > 0)
        {
            _current = (_current + 1) % BlockCount;
            Release(_current);
        }

        return _blocks[_current] ??= GC.AllocateUninitializedArray<byte>(BlockSize);
    }

    /// <summary>Shows bytes of the block that was taken last to the observer.</summary>
    /// <param name="start">Index of the first one.</param>
    /// <param name="end">Index beyond the last one.</param>
    public void Show(int start, int end)
    {
        if (_observer is not null && end > start)
        {
            // Counted first: an observer that throws may have begun to look.
            _pieces[_current]++;
            _observer.Observe(_blocks[_current].AsMemory(start, end - start));
        }
    }

    private void Release(int block)
    {
        for (; _pieces[block] > 0; _pieces[block]--)
        {
            _observer!.Release();
        }
    }
}
