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

    /// <summary>The options that hold unless others are given.</summary>
    public static NarioOptions Default { get; } = new();
}
