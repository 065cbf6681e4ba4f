using Nario.Store;
using Nario.Store.Hashes;

namespace Nario.Flakes.References;

/// <summary>Reads the attribute <c>narHash</c>.</summary>
internal static class NarHashText
{
    private const int GroupLength = 4;

    /// <summary>Reads a hash, padded or not; stray bits after its last byte are ignored, as Nix does.</summary>
    /// <param name="text">An SRI; empty: a hash of zeros, which no tree has.</param>
    /// <exception cref="StoreException">It is no SRI, or of another algorithm than SHA-256.</exception>
    internal static NixHash Parse(string text)
    {
        int byteLength = HashAlgorithmKind.Sha256.GetByteLength();
        if (text.Length == 0)
        {
            return new NixHash(HashAlgorithmKind.Sha256, new byte[byteLength]);
        }

        int dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
        {
            throw new StoreException($"hash '{EscapedText.FromText(text)}' is not SRI");
        }

        if (HashAlgorithmNames.Parse(text.AsSpan(0, dash)) != HashAlgorithmKind.Sha256)
        {
            throw new StoreException("narHash must use SHA-256");
        }

        string digits = text[(dash + 1)..].TrimEnd('=');
        string padded = digits + new string('=', (GroupLength - (digits.Length % GroupLength)) % GroupLength);
        Span<byte> bytes = stackalloc byte[byteLength + GroupLength];
        return Convert.TryFromBase64String(padded, bytes, out int count) && count == byteLength
            ? new NixHash(HashAlgorithmKind.Sha256, bytes[..count])
            : throw new StoreException($"invalid SRI hash '{EscapedText.FromText(text)}'");
    }
}
