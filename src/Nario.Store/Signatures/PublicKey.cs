using NSec.Cryptography;

namespace Nario.Store.Signatures;

/// <summary>An Ed25519 public key with its name. Compared by value.</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    private const int ByteLength = 32;

    private readonly NSec.Cryptography.PublicKey _key;

    private PublicKey(string name, NSec.Cryptography.PublicKey key)
    {
        Name = name;
        _key = key;
    }

    /// <summary>Gets the name: not empty, without a colon or white space.</summary>
    public string Name { get; }

    /// <summary>Reads a public key: <c>NAME:BASE64</c>.</summary>
    /// <param name="text">The key.</param>
    /// <returns>The key.</returns>
    /// <exception cref="StoreException">It has no colon, no name, base 64 that is wrong, or other than 32
    /// bytes.</exception>
    public static PublicKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> bytes = stackalloc byte[ByteLength];
        string? fault = KeyText.TryParse(text, bytes, out string name);
        if (fault is null
            && NSec.Cryptography.PublicKey.TryImport(
                SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey, out NSec.Cryptography.PublicKey? key))
        {
            return new PublicKey(name, key!);
        }

        throw new StoreException(
            $"public key '{EscapedText.FromText(text)}' is corrupt: {fault ?? "it is not an Ed25519 key"}");
    }

    /// <summary>Makes a public key of its halves. The name comes from a parsed key.</summary>
    internal static PublicKey Create(string name, NSec.Cryptography.PublicKey key) => new(name, key);

    /// <summary>Gets whether a signature on a text was made with this key. The names are not compared.</summary>
    /// <param name="text">The signed bytes.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>Whether it verifies.</returns>
    public bool Verify(ReadOnlySpan<byte> text, Signature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return SignatureAlgorithm.Ed25519.Verify(_key, text, signature.Bytes);
    }

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => other is not null && Name == other.Name && _key.Equals(other._key);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, _key);

    /// <summary>Gets the text.</summary>
    /// <returns><c>NAME:BASE64</c>, with padding.</returns>
    public override string ToString() => KeyText.Format(Name, _key.Export(KeyBlobFormat.RawPublicKey));
}
