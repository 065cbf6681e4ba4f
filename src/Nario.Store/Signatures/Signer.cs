using System.Security.Cryptography;
using NSec.Cryptography;

namespace Nario.Store.Signatures;

/// <summary>Signs with one secret key: one case for each <see cref="KeyKind"/>.</summary>
internal abstract class Signer : IDisposable
{
    private Signer()
    {
    }

    /// <summary>Makes what signs with a key.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="bytes">The key, in the format of its kind; not kept.</param>
    /// <param name="signer">It, when there is no fault.</param>
    /// <returns>Why the key cannot be used, as a part of an error line that repeats nothing of the key; null when it
    /// can.</returns>
    public static string? TryCreate(KeyKind kind, ReadOnlySpan<byte> bytes, out Signer? signer)
    {
        signer = null;
        try
        {
            switch (kind)
            {
                case KeyKind.Ed25519:
                    Ed25519 pair = new(bytes[..KeyFormat.Ed25519Length]);
                    if (bytes[KeyFormat.Ed25519Length..].SequenceEqual(pair.ExportPublicKey()))
                    {
                        signer = pair;
                        return null;
                    }

                    pair.Dispose();
                    return "its public half belongs to another key";
                case KeyKind.EcdsaP384:
                    signer = EcdsaP384.Import(bytes);
                    return null;
                case KeyKind.MlDsa when !MLDsa.IsSupported:
                    return "it is an ML-DSA key, which this system cannot use (OpenSSL 3.5 and later can)";
                case KeyKind.MlDsa:
                    signer = new MlDsa(bytes);
                    return null;
                default:
                    throw new ArgumentOutOfRangeException(nameof(kind));
            }
        }
        catch (CryptographicException)
        {
            return "it is malformed";
        }
    }

    /// <summary>Signs a text.</summary>
    public abstract byte[] Sign(ReadOnlySpan<byte> text);

    /// <summary>Gets the public half, in the format of its kind.</summary>
    public abstract byte[] ExportPublicKey();

    /// <inheritdoc/>
    public abstract void Dispose();

    private sealed class Ed25519(ReadOnlySpan<byte> seed) : Signer
    {
        private readonly Key _key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);

        public override byte[] Sign(ReadOnlySpan<byte> text) => SignatureAlgorithm.Ed25519.Sign(_key, text);

        public override byte[] ExportPublicKey() => _key.PublicKey.Export(KeyBlobFormat.RawPublicKey);

        public override void Dispose() => _key.Dispose();
    }

    private sealed class EcdsaP384(ECDsa algorithm) : Signer
    {
        public static EcdsaP384 Import(ReadOnlySpan<byte> key)
        {
            ECDsa algorithm = ECDsa.Create();
            try
            {
                algorithm.ImportPkcs8PrivateKey(key, out _);
                return new EcdsaP384(algorithm);
            }
            catch
            {
                algorithm.Dispose();
                throw;
            }
        }

        public override byte[] Sign(ReadOnlySpan<byte> text) =>
            algorithm.SignData(text, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence);

        public override byte[] ExportPublicKey() => algorithm.ExportSubjectPublicKeyInfo();

        public override void Dispose() => algorithm.Dispose();
    }

#pragma warning disable SYSLIB5006 // Keys in DER: the format is a standard (RFC 9881), only the methods may change.
    private sealed class MlDsa(ReadOnlySpan<byte> key) : Signer
    {
        private readonly MLDsa _algorithm = MLDsa.ImportPkcs8PrivateKey(key);

        public override byte[] Sign(ReadOnlySpan<byte> text)
        {
            byte[] signature = new byte[_algorithm.Algorithm.SignatureSizeInBytes];
            _algorithm.SignData(text, signature);
            return signature;
        }

        public override byte[] ExportPublicKey() => _algorithm.ExportSubjectPublicKeyInfo();

        public override void Dispose() => _algorithm.Dispose();
    }
#pragma warning restore SYSLIB5006
}
