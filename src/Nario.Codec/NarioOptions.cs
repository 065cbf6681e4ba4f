namespace Nario.Codec;

/// <summary>How narios are read and written.</summary>
public sealed record NarioOptions
{
    /// <summary>The store directory that full paths in a nario begin with; without a slash at its end.</summary>
    public string StoreDirectory { get; init; } = "/nix/store";

    /// <summary>The options that hold unless others are given.</summary>
    public static NarioOptions Default { get; } = new();
}
