namespace Nario.Store.Signatures;

/// <summary>
/// An Ed25519 signature on the fingerprint of a path, with the name of its key. Compared by value, ordered by its text.
/// </summary>
public sealed class Signature : IEquatable<Signature>, IComparable<Signature>
{
    /// <summary>How many bytes a signature has.</summary>
    public const int ByteLength = 64;

    private readonly string _text;
    private readonly byte[] _bytes;

    private Signature(string keyName, byte[] bytes)
    {
        KeyName = keyName;
        _bytes = bytes;
        _text = KeyText.Format(keyName, bytes);
    }

    /// <summary>Gets the name of the key: not empty, without a colon or white space.</summary>
    public string KeyName { get; }

    /// <summary>Gets the 64 bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads a signature: <c>NAME:BASE64</c>.</summary>
    /// <param name="text">The signature.</param>
    /// <returns>The signature, which need not be valid for anything.</returns>
    /// <exception cref="StoreException">It has no colon, no name, a name with white space, base 64 that is wrong or not
    /// canonical, or other than 64 bytes.</exception>
    public static Signature Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        byte[] bytes = new byte[ByteLength];
        return KeyText.TryParse(text, bytes, out string keyName) is { } fault
            ? throw new StoreException($"signature '{EscapedText.FromText(text)}' is malformed: {fault}")
            : new Signature(keyName, bytes);
    }

    /// <summary>Makes a signature of what a key has made. The name comes from a parsed key.</summary>
    internal static Signature Create(string keyName, byte[] bytes) => new(keyName, bytes);

    /// <summary>Compares by text, in the order of code units: <c>key-10:</c> comes before <c>key-1:</c>.</summary>
    /// <param name="other">Another signature; null comes first.</param>
    /// <returns>Less than, equal to or greater than 0.</returns>
    public int CompareTo(Signature? other) => string.CompareOrdinal(_text, other?._text);

    /// <inheritdoc/>
    public bool Equals(Signature? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Signature);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Gets the text.</summary>
    /// <returns><c>NAME:BASE64</c>, with padding.</returns>
    public override string ToString() => _text;

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

    /// <summary>Compares by text.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first comes before the second.</returns>
    public static bool operator <(Signature? left, Signature? right) =>
        string.CompareOrdinal(left?._text, right?._text) < 0;

    /// <summary>Compares by text.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first does not come after the second.</returns>
    public static bool operator <=(Signature? left, Signature? right) =>
        string.CompareOrdinal(left?._text, right?._text) <= 0;

    /// <summary>Compares by text.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first comes after the second.</returns>
    public static bool operator >(Signature? left, Signature? right) =>
        string.CompareOrdinal(left?._text, right?._text) > 0;

    /// <summary>Compares by text.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first does not come before the second.</returns>
    public static bool operator >=(Signature? left, Signature? right) =>
        string.CompareOrdinal(left?._text, right?._text) >= 0;
}
