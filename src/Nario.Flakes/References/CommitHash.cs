using Nario.Store.Hashes;

namespace Nario.Flakes.References;

/// <summary>The hash of a commit: 40 hexadecimal digits, in lower case.</summary>
internal static class CommitHash
{
    private const int Length = 40;

    /// <summary>Gets whether a text is a hash of a commit; any case.</summary>
    internal static bool IsOne(string text) => text.Length == Length && text.All(char.IsAsciiHexDigit);

    /// <summary>Reads a hash of a commit in any spelling of Nix.</summary>
    /// <exception cref="Nario.Store.StoreException">It is none.</exception>
    internal static string Parse(string text) => NixHash.ParseAny(text, HashAlgorithmKind.Sha1).ToBase16();
}
