using System.Formats.Asn1;

namespace Nario.Store.Signatures;

/// <summary>Tells what kind of key some bytes are. Nix 3.21 and later write keys of other kinds than Ed25519 in DER.</summary>
internal static class KeyFormat
{
    /// <summary>How many bytes an Ed25519 public key has, and the seed of a secret one.</summary>
    internal const int Ed25519Length = 32;

    /// <summary>How many bytes an Ed25519 secret key has: its seed, then its public half.</summary>
    internal const int Ed25519SecretLength = 64;

    private const string EllipticCurveKey = "1.2.840.10045.2.1";

    private const string CurveP384 = "1.3.132.0.34";

    private static readonly string[] MlDsaKeys =
        ["2.16.840.1.101.3.4.3.17", "2.16.840.1.101.3.4.3.18", "2.16.840.1.101.3.4.3.19"];

    /// <summary>Finds the kind of a public key.</summary>
    /// <param name="bytes">The key.</param>
    /// <param name="kind">The kind, when there is no fault.</param>
    /// <returns>Why it cannot be used, as a part of an error line that repeats nothing of the key; null when the kind is
    /// known.</returns>
    internal static string? FindPublicKind(ReadOnlyMemory<byte> bytes, out KeyKind kind)
    {
        kind = KeyKind.Ed25519;
        return bytes.Length == Ed25519Length ? null
            : bytes.Length == Ed25519SecretLength || TryReadAlgorithm(bytes, isSecret: true, out _, out _)
                ? "it is a secret key; its public half belongs here"
                : FindKind(bytes, isSecret: false, out kind);
    }

    /// <summary>Finds the kind of a secret key.</summary>
    /// <param name="bytes">The key.</param>
    /// <param name="kind">The kind, when there is no fault.</param>
    /// <returns>Why it cannot be used, as a part of an error line that repeats nothing of the key; null when the kind is
    /// known.</returns>
    internal static string? FindSecretKind(ReadOnlyMemory<byte> bytes, out KeyKind kind)
    {
        kind = KeyKind.Ed25519;
        return bytes.Length == Ed25519SecretLength ? null : FindKind(bytes, isSecret: true, out kind);
    }

    private static string? FindKind(ReadOnlyMemory<byte> bytes, bool isSecret, out KeyKind kind)
    {
        kind = default;
        if (!TryReadAlgorithm(bytes, isSecret, out string algorithm, out string? parameter))
        {
            return $"it is {bytes.Length} bytes that are no key of a known kind";
        }

        if (algorithm == EllipticCurveKey && parameter == CurveP384)
        {
            kind = KeyKind.EcdsaP384;
            return null;
        }

        if (MlDsaKeys.Contains(algorithm))
        {
            kind = KeyKind.MlDsa;
            return null;
        }

        return parameter is null ? $"its kind, {algorithm}, is not known" : $"its kind, {algorithm} with {parameter}, is not known";
    }

    /// <summary>Reads the AlgorithmIdentifier of a SubjectPublicKeyInfo or of a PKCS#8 PrivateKeyInfo, which has its version before
    /// it and a string of bytes after it.</summary>
    private static bool TryReadAlgorithm(ReadOnlyMemory<byte> bytes, bool isSecret, out string algorithm, out string? parameter)
    {
        algorithm = "";
        parameter = null;
        try
        {
            AsnReader outer = new(bytes, AsnEncodingRules.DER);
            AsnReader key = outer.ReadSequence();
            if (outer.HasData)
            {
                return false;
            }

            if (isSecret)
            {
                key.ReadInteger();
            }

            AsnReader identifier = key.ReadSequence();
            algorithm = identifier.ReadObjectIdentifier();
            if (identifier.HasData && identifier.PeekTag() == Asn1Tag.ObjectIdentifier)
            {
                parameter = identifier.ReadObjectIdentifier();
            }

            return key.PeekTag().HasSameClassAndValue(isSecret ? Asn1Tag.PrimitiveOctetString : Asn1Tag.PrimitiveBitString);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
