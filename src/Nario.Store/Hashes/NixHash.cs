using System.Buffers;

namespace Nario.Store.Hashes;

/// <summary>A hash with its algorithm, in any spelling of Nix. Compared by value.</summary>
public sealed class NixHash : IEquatable<NixHash>
{
    private readonly byte[] _bytes;

    /// <summary>Makes a hash of its bytes.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="bytes">As many bytes as hashes of the algorithm have.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public NixHash(HashAlgorithmKind algorithm, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != algorithm.GetByteLength())
        {
            throw new ArgumentException(
                $"a hash of {algorithm.GetName()} has {algorithm.GetByteLength()} bytes", nameof(bytes));
        }

        Algorithm = algorithm;
        _bytes = bytes.ToArray();
    }

    /// <summary>Gets the algorithm.</summary>
    public HashAlgorithmKind Algorithm { get; }

    /// <summary>Gets the 16 to 64 bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads a hash in any spelling: <c>algorithm:</c> and base 16, Nix's base 32 or base 64;
    /// <c>algorithm-</c> and base 64; without the algorithm when it is known.</summary>
    /// <param name="text">The hash.</param>
    /// <param name="expected">The only algorithm that is good, or null when any is.</param>
    /// <returns>The hash.</returns>
    /// <exception cref="StoreException">It is not a hash, or of another algorithm; or it does not say its algorithm, and that is
    /// not known.</exception>
    public static NixHash ParseAny(string text, HashAlgorithmKind? expected = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        int separator = text.IndexOf(':', StringComparison.Ordinal);
        bool standard = false;
        if (separator < 0)
        {
            separator = text.IndexOf('-', StringComparison.Ordinal);
            standard = separator >= 0;
        }

        if (separator < 0)
        {
            return ParseDigits(text, expected ?? throw new StoreException(
                $"hash '{EscapedText.FromText(text)}' does not include a type, and none is known from the context"));
        }

        HashAlgorithmKind algorithm = HashAlgorithmNames.Parse(text.AsSpan(0, separator));
        if (expected is { } only && only != algorithm)
        {
            throw new StoreException($"hash '{EscapedText.FromText(text)}' should have type '{only.GetName()}'");
        }

        ReadOnlySpan<char> digits = text.AsSpan(separator + 1);
        return standard
            ? Decode(digits, algorithm, Base64Text.TryDecodeLoosely, "SRI")
            : ParseDigits(digits, algorithm);
    }

    /// <summary>Reads the digits of a hash: base 16, Nix's base 32 or base 64, as their number tells.</summary>
    /// <param name="digits">The digits, without the algorithm.</param>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns>The hash.</returns>
    /// <exception cref="StoreException">It is not a hash of the algorithm.</exception>
    internal static NixHash ParseDigits(ReadOnlySpan<char> digits, HashAlgorithmKind algorithm)
    {
        int byteLength = algorithm.GetByteLength();
        if (digits.Length == byteLength * 2)
        {
            return Decode(digits, algorithm, TryDecodeBase16, "base-16");
        }

        if (digits.Length == Base64Text.GetPaddedLength(byteLength))
        {
            return Decode(digits, algorithm, Base64Text.TryDecodeLoosely, "base-64");
        }

        return digits.Length == Nix32.GetEncodedLength(byteLength)
            ? Decode(digits, algorithm, Nix32.TryDecode, "base-32")
            : throw new StoreException(
                $"hash '{EscapedText.FromText(digits)}' has wrong length for hash algorithm '{algorithm.GetName()}'");
    }

    /// <summary>Gets the lower-case base 16, without the algorithm.</summary>
    /// <returns>Two characters for each byte.</returns>
    public string ToBase16() => Convert.ToHexStringLower(_bytes);

    /// <summary>Gets Nix's base 32, without the algorithm.</summary>
    /// <returns>52 characters for SHA-256.</returns>
    public string ToNix32() => Nix32.Encode(_bytes);

    /// <summary>Gets <c>algorithm-</c> and padded base 64, as the Subresource Integrity recommendation of the W3C
    /// writes hashes.</summary>
    /// <returns>For instance <c>sha256-…=</c>.</returns>
    public string ToSri() => $"{Algorithm.GetName()}-{Convert.ToBase64String(_bytes)}";

    /// <summary>Gets <c>algorithm:</c> and Nix's base 32.</summary>
    /// <returns>For instance <c>sha256:…</c>, as fingerprints and errors have it.</returns>
    public override string ToString() => $"{Algorithm.GetName()}:{ToNix32()}";

    /// <inheritdoc/>
    public bool Equals(NixHash? other) =>
        other is not null && Algorithm == other.Algorithm && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NixHash);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Algorithm, BitConverter.ToInt32(_bytes));

    /// <summary>Compares by value.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether algorithm and bytes are equal.</returns>
    public static bool operator ==(NixHash? left, NixHash? right) => Equals(left, right);

    /// <summary>Compares by value.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether algorithm or bytes differ.</returns>
    public static bool operator !=(NixHash? left, NixHash? right) => !Equals(left, right);

    private delegate bool Decoder(ReadOnlySpan<char> digits, Span<byte> bytes);

    private static NixHash Decode(
        ReadOnlySpan<char> digits, HashAlgorithmKind algorithm, Decoder decoder, string spelling)
    {
        Span<byte> bytes = stackalloc byte[HashAlgorithmNames.MaxByteLength];
        bytes = bytes[..algorithm.GetByteLength()];
        return decoder(digits, bytes)
            ? new NixHash(algorithm, bytes)
            : throw new StoreException($"invalid {spelling} hash '{EscapedText.FromText(digits)}'");
    }

    private static bool TryDecodeBase16(ReadOnlySpan<char> digits, Span<byte> bytes) =>
        Convert.FromHexString(digits, bytes, out _, out _) == OperationStatus.Done;
}
