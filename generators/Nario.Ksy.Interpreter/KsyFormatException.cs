namespace Nario.Ksy.Runtime;

/// <summary>Input that is not what its specification says.</summary>
public sealed class KsyFormatException(KsyErrorKind kind, long offset, string path, string expected, string found)
    : FormatException($"{path} at offset {offset}: expected {expected}, found {found}")
{
    /// <summary>What is wrong.</summary>
    public KsyErrorKind Kind { get; } = kind;

    /// <summary>Offset of the field in bytes from the beginning of the input; 0 where none is known.</summary>
    public long Offset { get; } = offset;

    /// <summary>Where the specification states what was violated.</summary>
    public string Path { get; } = path;

    /// <summary>What is expected there.</summary>
    public string Expected { get; } = expected;

    /// <summary>What is there.</summary>
    public string Found { get; } = found;
}
