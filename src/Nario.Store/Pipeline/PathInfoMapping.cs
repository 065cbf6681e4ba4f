using System.Text;
using System.Text.Unicode;
using Nario.Codec;
using Nario.Store.Hashes;
using Nario.Store.Paths;
using Nario.Store.Signatures;

namespace Nario.Store.Pipeline;

/// <summary>Turns what a nario says of a path into checked values and back.</summary>
public static class PathInfoMapping
{
    /// <summary>Gets what stands for the hash of a NAR that nobody has computed.</summary>
    internal static NixHash NoHash { get; } =
        new(HashAlgorithmKind.Sha256, new byte[HashAlgorithmKind.Sha256.GetByteLength()]);

    /// <summary>Checks and converts what a nario says of a path.</summary>
    /// <param name="info">What it says.</param>
    /// <param name="narHash">The hash of the NAR, for a version that states none.</param>
    /// <param name="narSize">The size of the NAR in bytes, for a version that states none.</param>
    /// <exception cref="NarioEntryException">A store path, hash, signature or content address is malformed.</exception>
    public static ValidPathInfo ToValidPathInfo(NarioPathInfo info, NixHash? narHash = null, ulong narSize = 0) => new()
    {
        Path = Parse(NarioField.Path, info.Path, ParseStorePath),
        NarHash = info.NarHash is null
            ? narHash ?? throw new ArgumentNullException(nameof(narHash))
            : Parse(NarioField.NarHash, info.NarHash, static text => NixHash.ParseAny(text, HashAlgorithmKind.Sha256)),
        NarSize = info.NarSize ?? narSize,
        References = ParseAll(NarioField.References, info.References, ParseStorePath),
        Deriver = info.Deriver is null ? null : Parse(NarioField.Deriver, info.Deriver, ParseStorePath),
        RegistrationTime = info.RegistrationTime,
        Ultimate = info.IsUltimate,
        Signatures = ParseAll(NarioField.Signatures, info.Signatures, ParseSignature),
        ContentAddress = info.ContentAddress is null
            ? null
            : Parse(NarioField.ContentAddress, info.ContentAddress, ContentAddress.Parse),
    };

    /// <summary>Converts what a store knows of a path to what a nario says.</summary>
    public static NarioPathInfo ToNarioPathInfo(ValidPathInfo info) => new()
    {
        Path = info.Path.BaseName,
        Deriver = info.Deriver?.BaseName,
        References = [.. info.References.Select(reference => reference.BaseName)],
        NarHash = info.NarHash.ToBase16(),
        NarSize = info.NarSize,
        RegistrationTime = info.RegistrationTime,
        IsUltimate = info.Ultimate,
        Signatures = [.. info.Signatures.Select(static signature => ToBytesText(signature.ToString()))],
        ContentAddress = info.ContentAddress?.ToString(),
    };

    /// <summary>Parses a base name; one that is wrong from the bytes that stand in the file, so that the error shows
    /// what they are.</summary>
    private static StorePath ParseStorePath(string text) =>
        StorePath.TryParse(text, out StorePath? path) ? path : StorePath.Parse(Encoding.Latin1.GetBytes(text));

    /// <summary>Parses a signature, whose key may have any name: UTF-8 in the file, as in settings and the database.</summary>
    private static Signature ParseSignature(string text)
    {
        if (Ascii.IsValid(text))
        {
            return Signature.Parse(text);
        }

        byte[] bytes = Encoding.Latin1.GetBytes(text);
        return Utf8.IsValid(bytes)
            ? Signature.Parse(Encoding.UTF8.GetString(bytes))
            : throw new StoreException($"signature '{EscapedText.FromBytes(bytes)}' is not UTF-8");
    }

    /// <summary>Gets text as a nario's info has it: each byte of its UTF-8 as one character.</summary>
    private static string ToBytesText(string text) =>
        Ascii.IsValid(text) ? text : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static T[] ParseAll<T>(NarioField field, IReadOnlyList<string> items, Func<string, T> parse)
    {
        T[] values = new T[items.Count];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = Parse(field, items[index], parse, index);
        }

        return values;
    }

    private static T Parse<T>(NarioField field, string text, Func<string, T> parse, int index = 0)
    {
        try
        {
            return parse(text);
        }
        catch (StoreException error)
        {
            throw new NarioEntryException(field, error.Message, index, error);
        }
    }
}
