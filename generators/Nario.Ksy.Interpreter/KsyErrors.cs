namespace Nario.Ksy.Runtime;

/// <summary>Makes the exception for bad input.</summary>
internal static class KsyErrors
{
    public static Exception Create(KsyErrorKind kind, long offset, string path, string expected, string found) =>
        new KsyFormatException(kind, offset, path, expected, found);
}
