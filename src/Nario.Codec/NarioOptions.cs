namespace Nario.Codec;

/// <summary>How narios are read and written.</summary>
public sealed record NarioOptions
{
    /// <summary>The store directory that full paths in a nario begin with; without a slash at its end.</summary>
    public string StoreDirectory { get; init; } = "/nix/store";

    /// <summary>
    /// Whether a reader takes the store directory from the first full path where that is not in
    /// <see cref="StoreDirectory"/>. All paths must be in it; whether its form is that of a directory is not checked.
    /// </summary>
    public bool DetectStoreDirectory { get; init; }

    /// <summary>
    /// How many bytes the full path of a file may have at most: store directory, base name and the path in the tree, with
    /// a slash before each name. What has longer ones is refused by all that reads or writes a NAR.
    /// </summary>
    public int MaximumPathLength { get; init; } = int.MaxValue;

    /// <summary>The options that hold unless others are given.</summary>
    public static NarioOptions Default { get; } = new();
}
