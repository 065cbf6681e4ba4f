namespace Nario.Codec;

/// <summary>Input that is not what the specification of its format says.</summary>
public sealed class NarioFormatException : FormatException
{
    /// <summary>Describes bad input.</summary>
    /// <param name="offset">Offset of the field in bytes from the beginning of the input.</param>
    /// <param name="specPath">
    /// Where the specification states what was violated: <c>specification/type/field</c>.
    /// </param>
    /// <param name="expected">What is expected there.</param>
    /// <param name="found">What is there.</param>
    /// <param name="isTruncated">Whether the input ends too early.</param>
    /// <param name="isUnsupported">Whether what is there is known, but not supported.</param>
    public NarioFormatException(
        long offset,
        string specPath,
        string expected,
        string found,
        bool isTruncated = false,
        bool isUnsupported = false)
        : this(
            Describe(offset, specPath, expected, found, isTruncated, isUnsupported), offset, specPath, expected, found)
    {
        IsTruncated = isTruncated;
        IsUnsupported = isUnsupported;
    }

    private NarioFormatException(string message, long offset, string specPath, string expected, string found)
        : base(message)
    {
        Offset = offset;
        SpecPath = specPath;
        Expected = expected;
        Found = found;
    }

    /// <summary>Offset of the field in bytes from the beginning of the input.</summary>
    public long Offset { get; }

    /// <summary>
    /// Where the specification states what was violated: <c>specification/type/field</c>; empty for the whole file.
    /// </summary>
    public string SpecPath { get; }

    /// <summary>What is expected there.</summary>
    public string Expected { get; }

    /// <summary>What is there; untrusted bytes in it are escaped.</summary>
    public string Found { get; }

    /// <summary>Whether the input ends too early.</summary>
    public bool IsTruncated { get; }

    /// <summary>Whether what is there is known, but not supported.</summary>
    public bool IsUnsupported { get; }

    /// <summary>Whether the input is of no version that is known.</summary>
    public bool IsUnknownFormat { get; private init; }

    /// <summary>Describes a file of no known version.</summary>
    /// <param name="prefix">Its first bytes, as many as there are.</param>
    internal static NarioFormatException NotANario(ReadOnlySpan<byte> prefix)
    {
        string? compression = ForeignFormat.FindCompression(prefix);
        string? archive = ForeignFormat.FindArchive(prefix);
        string hint =
            compression is not null ? $": it looks compressed with {compression}; decompress it first" :
            archive is not null ? $": it looks like {archive}" :
            string.Empty;
        return new NarioFormatException(
            $"input doesn't look like a nario{hint}",
            0,
            string.Empty,
            "a nario",
            compression ?? archive ?? "something else")
        {
            IsUnknownFormat = true,
        };
    }

    /// <summary>Describes a file that ends before its version can be told.</summary>
    /// <param name="length">Its length in bytes.</param>
    internal static NarioFormatException TooShort(long length) =>
        new(length, string.Empty, "more bytes", "the end of the input", isTruncated: true);

    private static string Describe(
        long offset, string specPath, string expected, string found, bool isTruncated, bool isUnsupported)
    {
        string what =
            isTruncated ? "unexpected end-of-file" :
            isUnsupported ? $"unsupported nario extension {found}" :
            $"expected {expected}, found {found}";
        return specPath.Length == 0 ? $"{what} (offset {offset})" : $"{what} (offset {offset}, {specPath})";
    }
}
