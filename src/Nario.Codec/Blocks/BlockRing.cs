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

    /// <summary>The last one that each block was shown to; null once it has been released.</summary>
    private readonly IByteObserver?[] _viewers = new IByteObserver?[BlockCount];
    private int _current;

    /// <summary>Sees what <see cref="Show"/> is called for; null: nobody.</summary>
    public IByteObserver? Observer { get; set; }

    /// <summary>Gets a block that nobody looks at: the one before, if that is so, with what it holds.</summary>
    public byte[] Take()
    {
        if (_viewers[_current] is not null)
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
        if (Observer is null || end == start)
        {
            return;
        }

        if (_viewers[_current] != Observer)
        {
            Release(_current);

            // Noted first: an observer that throws may have begun to look.
            _viewers[_current] = Observer;
        }

        Observer.Observe(_blocks[_current].AsMemory(start, end - start));
    }

    private void Release(int block)
    {
        _viewers[block]?.Release(_blocks[block]);
        _viewers[block] = null;
    }
}
