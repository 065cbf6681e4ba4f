namespace Nario.Codec;

/// <summary>Measures the paths of the files in a tree, from its root on, while it passes.</summary>
internal sealed class PathLengths
{
    // By depth: how long the path of the directory is.
    private readonly int[] _directories = new int[NarReader.MaximumNodeDepth];
    private int _depth;
    private int _current;

    /// <summary>Gets how many bytes the longest path has, each name with the slash before it.</summary>
    public int Longest { get; private set; }

    /// <summary>Gets where the name stands that made it the longest.</summary>
    public long Offset { get; private set; }

    /// <summary>Begins a tree.</summary>
    public void Clear()
    {
        _depth = 0;
        _current = 0;
        Longest = 0;
        Offset = 0;
    }

    /// <summary>Goes into the directory that has the last path.</summary>
    public void BeginDirectory() => _directories[_depth++] = _current;

    /// <summary>Goes to an entry of the directory.</summary>
    /// <param name="nameLength">How many bytes its name has.</param>
    /// <param name="offset">Where the name stands.</param>
    public void BeginEntry(int nameLength, long offset)
    {
        _current = _directories[_depth - 1] + 1 + nameLength;
        if (_current > Longest)
        {
            Longest = _current;
            Offset = offset;
        }
    }

    /// <summary>Leaves the directory.</summary>
    public void EndDirectory() => _depth--;
}
