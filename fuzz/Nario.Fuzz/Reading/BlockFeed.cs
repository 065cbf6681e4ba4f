namespace Nario.Fuzz.Reading;

/// <summary>Hands an input to a generated reader block by block, as a program that reads a stream would.</summary>
internal ref struct BlockFeed
{
    private readonly ReadOnlySpan<byte> _input;
    private ChunkSizes _sizes;
    private int _begin;
    private int _end;

    /// <summary>Begins with the first block.</summary>
    /// <param name="input">The input.</param>
    /// <param name="sizes">How it is divided.</param>
    public BlockFeed(ReadOnlySpan<byte> input, ChunkSizes sizes)
    {
        _input = input;
        _sizes = sizes;
        Extend();
    }

    /// <summary>Gets the bytes that were handed over and not consumed yet.</summary>
    public readonly ReadOnlySpan<byte> Block => _input[_begin.._end];

    /// <summary>Gets whether no bytes come after the block.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Takes bytes from the beginning of the block.</summary>
    public void Consume(int count) => _begin += count;

    /// <summary>Goes on to the next block.</summary>
    /// <param name="beyond">Bytes to pass over first.</param>
    /// <exception cref="FindingException">There is none, and the reader was told so.</exception>
    public void Advance(long beyond)
    {
        FindingException.Unless(!IsFinal, "the reader waits for bytes after the last block");
        FindingException.Unless(beyond >= 0, "the reader wants to go back");
        _begin = (int)Math.Min(_input.Length, _begin + beyond);
        _end = Math.Max(_begin, _end);
        Extend();
    }

    private void Extend()
    {
        bool hadAll = _end == _input.Length;
        _end += Math.Min(_sizes.Next(), _input.Length - _end);
        IsFinal = hadAll || (!_sizes.EndsLate && _end == _input.Length);
    }
}
