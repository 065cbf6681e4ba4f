namespace Nario.Store.Signatures;

/// <summary>A public key with its name: Ed25519, ECDSA on P-384, or ML-DSA where the system can verify it. Compared by
/// value.</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    private readonly byte[] _bytes;
    private readonly Verifier _verifier;

    private PublicKey(string name, byte[] bytes, Verifier verifier)
    {
        Name = name;
        _bytes = bytes;
        _verifier = verifier;
    }

    /// <summary>Gets the name: not empty, without a colon or white space.</summary>
    public string Name { get; }

    /// <summary>Reads a public key: <c>NAME:BASE64</c>, of 32 bytes for Ed25519, else of a SubjectPublicKeyInfo in DER.</summary>
    /// <param name="text">The key.</param>
    /// <returns>The key.</returns>
    /// <exception cref="StoreException">It has no colon, no name or base 64 that is wrong; or it is a key that this system
    /// cannot verify with, or a secret one. The message has the name at most, since the text may be a secret.</exception>
    public static PublicKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        KeyKind kind = default;
        Verifier? verifier = null;
        string? fault = KeyText.TryParse(text, out string name, out byte[] bytes)
            ?? KeyFormat.FindPublicKind(bytes, out kind)
            ?? Verifier.TryCreate(kind, bytes, out verifier);
        return fault is null
            ? new PublicKey(name, bytes, verifier!)
            : throw new StoreException($"{KeyText.Describe("public key", name)} cannot be used: {fault}");
    }

    /// <summary>Makes the public half of a secret key. The name comes from a parsed key.</summary>
    internal static PublicKey Create(string name, KeyKind kind, byte[] bytes) =>
        Verifier.TryCreate(kind, bytes, out Verifier? verifier) is { } fault
            ? throw new StoreException(fault)
            : new PublicKey(name, bytes, verifier!);

    /// <summary>Gets whether a signature on a text was made with this key. The names are not compared.</summary>
    /// <param name="text">The signed bytes.</param>
    /// <param name="signature">The signature; one of another kind of key does not verify.</param>
    /// <returns>Whether it verifies.</returns>
    public bool Verify(ReadOnlySpan<byte> text, Signature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return _verifier.Verify(text, signature.Bytes);
    }

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) =>
        other is not null && Name == other.Name && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Name);
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    /// <summary>Gets the text.</summary>
    /// <returns><c>NAME:BASE64</c>, with padding.</returns>
    public override string ToString() => KeyText.Format(Name, _bytes);
}
