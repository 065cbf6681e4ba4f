namespace Nario.Codec.Tests.Framing;

/// <summary>What a reader says of some input.</summary>
/// <param name="IsAccepted">Whether it is valid.</param>
/// <param name="Offset">Where it is wrong, or where it ends.</param>
/// <param name="SpecPath">What it violates; empty when it is valid.</param>
/// <param name="Expected">What is expected there.</param>
/// <param name="Found">What is there.</param>
/// <param name="IsTruncated">Whether it ends too early.</param>
/// <param name="IsUnsupported">Whether it is known, but not supported.</param>
public sealed record Verdict(
    bool IsAccepted,
    long Offset,
    string SpecPath = "",
    string Expected = "",
    string Found = "",
    bool IsTruncated = false,
    bool IsUnsupported = false)
{
    /// <summary>Runs a reader.</summary>
    /// <param name="read">
    /// Reads all, and gives the offset of the end. Only one kind of exception may come out of it.
    /// </param>
    public static Verdict Of(Func<long> read)
    {
        try
        {
            return new Verdict(true, read());
        }
        catch (NarioFormatException error)
        {
            return new Verdict(
                false,
                error.Offset,
                error.SpecPath,
                error.Expected,
                error.Found,
                error.IsTruncated,
                error.IsUnsupported);
        }
    }
}
