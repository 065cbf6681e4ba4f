using Nario.Store.Hashes;

namespace Nario.Store.Signatures;

/// <summary>
/// A signature on the fingerprint of a path, with the name of its key. Compared by value; ordered by the name in UTF-8, then by the
/// bytes, as Nix does since 3.19.
/// </summary>
/// <remarks>Only the key tells how it was made, so any bytes are a signature; one that no known key verifies counts for nothing,
/// and is passed on as it is.</remarks>
public sealed class Signature : IEquatable<Signature>, IComparable<Signature>
{
    private readonly byte[] _bytes;

    private Signature(string keyName, byte[] bytes)
    {
        KeyName = keyName;
        _bytes = bytes;
    }

    /// <summary>Gets the name of the key: not empty, without a colon or white space.</summary>
    public string KeyName { get; }

    /// <summary>Gets the bytes, at least one: 64 of Ed25519, a DER ECDSA-Sig-Value, 2,420 and more of ML-DSA.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Gets how many characters <see cref="ToString"/> has.</summary>
    internal int TextLength => KeyName.Length + 1 + Base64Text.GetPaddedLength(_bytes.Length);

    /// <summary>Reads a signature: <c>NAME:BASE64</c>.</summary>
    /// <param name="text">The signature.</param>
    /// <returns>The signature, which need not be valid for anything.</returns>
    /// <exception cref="StoreException">It has no colon, no name, a name with white space, or base 64 that is empty, wrong or not
    /// canonical.</exception>
    public static Signature Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return KeyText.TryParse(text, out string keyName, out byte[] bytes) is { } fault
            ? throw new StoreException($"signature '{EscapedText.FromText(text)}' is malformed: {fault}")
            : new Signature(keyName, bytes);
    }

    /// <summary>Makes a signature of what a key has made. The name comes from a parsed key.</summary>
    internal static Signature Create(string keyName, byte[] bytes) => new(keyName, bytes);

    /// <summary>Compares by the name of the key, then by the bytes.</summary>
    /// <param name="other">Another signature; null comes first.</param>
    /// <returns>Less than, equal to or greater than 0.</returns>
    public int CompareTo(Signature? other)
    {
        if (other is null)
        {
            return 1;
        }

        int order = CompareAsUtf8(KeyName, other.KeyName);
        return order != 0 ? order : _bytes.AsSpan().SequenceCompareTo(other._bytes);
    }

    /// <inheritdoc/>
    public bool Equals(Signature? other) =>
        other is not null && KeyName == other.KeyName && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Signature);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(KeyName);
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    /// <summary>Gets the text.</summary>
    /// <returns><c>NAME:BASE64</c>, with padding.</returns>
    public override string ToString() => KeyText.Format(KeyName, _bytes);

    /// <summary>Compares by value.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether name and bytes are equal.</returns>
    public static bool operator ==(Signature? left, Signature? right) => Equals(left, right);

    /// <summary>Compares by value.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether name or bytes differ.</returns>
    public static bool operator !=(Signature? left, Signature? right) => !Equals(left, right);

    /// <summary>Compares in the order of <see cref="CompareTo"/>.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first comes before the second.</returns>
    public static bool operator <(Signature? left, Signature? right) => Comparer<Signature>.Default.Compare(left, right) < 0;

    /// <summary>Compares in the order of <see cref="CompareTo"/>.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first does not come after the second.</returns>
    public static bool operator <=(Signature? left, Signature? right) => Comparer<Signature>.Default.Compare(left, right) <= 0;

    /// <summary>Compares in the order of <see cref="CompareTo"/>.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first comes after the second.</returns>
    public static bool operator >(Signature? left, Signature? right) => Comparer<Signature>.Default.Compare(left, right) > 0;

    /// <summary>Compares in the order of <see cref="CompareTo"/>.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first does not come before the second.</returns>
    public static bool operator >=(Signature? left, Signature? right) => Comparer<Signature>.Default.Compare(left, right) >= 0;

    /// <summary>UTF-16 puts what is beyond its first 65,536 characters before the last of these; UTF-8 does not.</summary>
    private static int CompareAsUtf8(string left, string right)
    {
        int length = left.AsSpan().CommonPrefixLength(right);
        if (length == left.Length || length == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        char one = left[length];
        char other = right[length];
        return char.IsSurrogate(one) == char.IsSurrogate(other)
            ? one.CompareTo(other)
            : char.IsSurrogate(one) ? 1 : -1;
    }
}
