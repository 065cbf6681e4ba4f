using System.Security.Cryptography;
using NSec.Cryptography;

namespace Nario.Store.Signatures;

/// <summary>An Ed25519 secret key with its name.</summary>
/// <remarks>The text holds 64 bytes: the 32 that the key is made of, then the 32 of its public half. The bytes are kept
/// outside the managed heap; <see cref="ToString"/> does not show them.</remarks>
public sealed class SecretKey : IDisposable
{
    private const int SeedLength = 32;

    private const int ByteLength = 64;

    private readonly Key _key;

    private SecretKey(string name, Key key)
    {
        Name = name;
        _key = key;
        PublicKey = PublicKey.Create(name, key.PublicKey);
    }

    /// <summary>Gets the name: not empty, without a colon or white space.</summary>
    public string Name { get; }

    /// <summary>Gets the public half, of the same name.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>Reads a secret key: <c>NAME:BASE64</c>; white space around it is passed over.</summary>
    /// <param name="text">The key, the content of a file that <c>secret-key-files</c> names.</param>
    /// <returns>The key.</returns>
    /// <exception cref="StoreException">It has no colon, no name, base 64 that is wrong, or other than 64 bytes; or its
    /// halves do not belong together. The message does not repeat the key.</exception>
    public static SecretKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> bytes = stackalloc byte[ByteLength];
        try
        {
            if (KeyText.TryParse(text.Trim(), bytes, out string name) is { } fault)
            {
                throw new StoreException($"secret key is corrupt: {fault}");
            }

            Key key = Key.Import(SignatureAlgorithm.Ed25519, bytes[..SeedLength], KeyBlobFormat.RawPrivateKey);
            if (!bytes[SeedLength..].SequenceEqual(key.PublicKey.Export(KeyBlobFormat.RawPublicKey)))
            {
                key.Dispose();
                throw new StoreException(
                    $"secret key '{EscapedText.FromText(name)}' is corrupt: its public half belongs to another key");
            }

            return new SecretKey(name, key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Signs a text.</summary>
    /// <param name="text">The bytes to sign, for instance of <see cref="Fingerprint"/>.</param>
    /// <returns>The signature with the name of this key.</returns>
    public Signature Sign(ReadOnlySpan<byte> text) =>
        Signature.Create(Name, SignatureAlgorithm.Ed25519.Sign(_key, text));

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>Gets the name alone.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;
}
