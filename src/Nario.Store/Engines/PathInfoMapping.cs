using System.Text;
using Nario.Codec;
using Nario.Store.Hashes;
using Nario.Store.Paths;
using Nario.Store.Signatures;

namespace Nario.Store.Engines;

/// <summary>Turns what a nario says of a path into checked values and back.</summary>
public static class PathInfoMapping
{
    /// <summary>Checks and converts what a nario says of a path.</summary>
    /// <param name="info">What it says.</param>
    /// <param name="narHash">The hash of the NAR, for a version that states none.</param>
    /// <param name="narSize">The size of the NAR in bytes, for a version that states none.</param>
    /// <exception cref="StoreException">A store path, hash, signature or content address is malformed.</exception>
    public static ValidPathInfo ToValidPathInfo(NarioPathInfo info, NixHash? narHash = null, ulong narSize = 0) => new()
    {
        Path = ParsePath(info.Path),
        NarHash = info.NarHash is null
            ? narHash ?? throw new ArgumentNullException(nameof(narHash))
            : NixHash.ParseAny(info.NarHash, HashAlgorithmKind.Sha256),
        NarSize = info.NarSize ?? narSize,
        References = [.. info.References.Select(ParsePath)],
        Deriver = info.Deriver is null ? null : ParsePath(info.Deriver),
        RegistrationTime = info.RegistrationTime,
        Ultimate = info.IsUltimate,
        Signatures = [.. info.Signatures.Select(Signature.Parse)],
        ContentAddress = info.ContentAddress is null ? null : ContentAddress.Parse(info.ContentAddress),
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
        Signatures = [.. info.Signatures.Select(signature => signature.ToString())],
        ContentAddress = info.ContentAddress?.ToString(),
    };

    /// <summary>Parses a base name from the bytes that stand in the file, so that an error shows what they are.</summary>
    internal static StorePath ParsePath(string text) => StorePath.Parse(Encoding.Latin1.GetBytes(text));
}
