using System.Security.Cryptography;

namespace Nario.Store.Signatures;

/// <summary>A secret key with its name, of one of the kinds of <see cref="Signatures.PublicKey"/>.</summary>
/// <remarks>The bytes are kept outside the managed heap; <see cref="ToString"/> does not show them.</remarks>
public sealed class SecretKey : IDisposable
{
    private readonly Signer _signer;

    private SecretKey(string name, Signer signer, PublicKey publicKey)
    {
        Name = name;
        _signer = signer;
        PublicKey = publicKey;
    }

    /// <summary>Gets the name: not empty, without a colon or white space.</summary>
    public string Name { get; }

    /// <summary>Gets the public half, of the same name.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>Reads a secret key: <c>NAME:BASE64</c>, of 64 bytes for Ed25519 (the seed, then the public half), else of a PKCS#8
    /// PrivateKeyInfo in DER; white space around it is passed over.</summary>
    /// <param name="text">The key, the content of a file that <c>secret-key-files</c> names.</param>
    /// <returns>The key.</returns>
    /// <exception cref="StoreException">It has no colon, no name or base 64 that is wrong; its halves do not belong together; or it
    /// is a key that this system cannot use. The message has the name at most.</exception>
    public static SecretKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        KeyKind kind = default;
        Signer? signer = null;
        string? fault = KeyText.TryParse(text.Trim(), out string name, out byte[] bytes);
        try
        {
            fault = fault ?? KeyFormat.FindSecretKind(bytes, out kind) ?? Signer.TryCreate(kind, bytes, out signer);
            return fault is null
                ? new SecretKey(name, signer!, PublicKey.Create(name, kind, signer!.ExportPublicKey()))
                : throw new StoreException($"{KeyText.Describe("secret key", name)} cannot be used: {fault}");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Signs a text.</summary>
    /// <param name="text">The bytes to sign, for instance of <see cref="Fingerprint"/>.</param>
    /// <returns>The signature with the name of this key.</returns>
    public Signature Sign(ReadOnlySpan<byte> text) => Signature.Create(Name, _signer.Sign(text));

    /// <inheritdoc/>
    public void Dispose() => _signer.Dispose();

    /// <summary>Gets the name alone.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;
}
