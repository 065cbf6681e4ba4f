namespace Nario.Flakes.Downloads;

/// <summary>Which part of a file is wanted.</summary>
/// <param name="Start">The offset of its first byte.</param>
/// <param name="Validator">What the server said of the state of the file that the part must be of.</param>
internal readonly record struct HttpRange(long Start, string? Validator)
{
    /// <summary>Gets all of a file.</summary>
    public static HttpRange All => default;
}
