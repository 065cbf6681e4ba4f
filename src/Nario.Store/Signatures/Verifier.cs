using System.Security.Cryptography;
using NSec.Cryptography;

namespace Nario.Store.Signatures;

/// <summary>Verifies signatures with one public key: one case for each <see cref="KeyKind"/>.</summary>
internal abstract class Verifier
{
    private Verifier()
    {
    }

    /// <summary>Makes what verifies with a key.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="bytes">The key, in the format of its kind; kept.</param>
    /// <param name="verifier">It, when there is no fault.</param>
    /// <returns>Why the key cannot be used, as a part of an error line; null when it can.</returns>
    public static string? TryCreate(KeyKind kind, byte[] bytes, out Verifier? verifier)
    {
        const string Malformed = "it is malformed";
        verifier = null;
        try
        {
            switch (kind)
            {
                case KeyKind.Ed25519:
                    bool isKey = NSec.Cryptography.PublicKey.TryImport(
                        SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey, out NSec.Cryptography.PublicKey? key);
                    verifier = isKey ? new Ed25519(key!) : null;
                    return isKey ? null : Malformed;
                case KeyKind.EcdsaP384:
                    using (EcdsaP384.Import(bytes))
                    {
                        verifier = new EcdsaP384(bytes);
                        return null;
                    }

                case KeyKind.MlDsa when !MLDsa.IsSupported:
                    return "it is an ML-DSA key, which this system cannot verify with (OpenSSL 3.5 and later can)";
                case KeyKind.MlDsa:
                    using (MlDsa.Import(bytes))
                    {
                        verifier = new MlDsa(bytes);
                        return null;
                    }

                default:
                    throw new ArgumentOutOfRangeException(nameof(kind));
            }
        }
        catch (CryptographicException)
        {
            return Malformed;
        }
    }

    /// <summary>Gets whether a signature on a text was made with the key.</summary>
    public abstract bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature);

    private sealed class Ed25519(NSec.Cryptography.PublicKey key) : Verifier
    {
        public override bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) =>
            SignatureAlgorithm.Ed25519.Verify(key, text, signature);
    }

    private sealed class EcdsaP384(byte[] key) : Verifier
    {
        public static ECDsa Import(byte[] key)
        {
            ECDsa algorithm = ECDsa.Create();
            try
            {
                algorithm.ImportSubjectPublicKeyInfo(key, out _);
                return algorithm;
            }
            catch
            {
                algorithm.Dispose();
                throw;
            }
        }

        public override bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
        {
            using ECDsa algorithm = Import(key);
            return algorithm.VerifyData(text, signature, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    private sealed class MlDsa(byte[] key) : Verifier
    {
#pragma warning disable SYSLIB5006 // The format is a standard (RFC 9881), only the method may change.
        public static MLDsa Import(byte[] key) => MLDsa.ImportSubjectPublicKeyInfo(key);
#pragma warning restore SYSLIB5006

        public override bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
        {
            using MLDsa algorithm = Import(key);
            return algorithm.VerifyData(text, signature);
        }
    }
}
