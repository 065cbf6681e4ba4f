using Nario.Codec;

namespace Nario.Store.Import;

/// <summary>Says that nobody trusted has signed a path, and that its contents do not vouch for it either.</summary>
public sealed class MissingSignatureException : StoreException
{
    /// <summary>Makes an error.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="version">The version of the nario, which tells whether it could carry a signature.</param>
    /// <param name="signers">The names of the keys that have signed the path.</param>
    /// <param name="trustedKeys">The names of the keys whose signatures count.</param>
    public MissingSignatureException(
        string path, NarioVersion version, IReadOnlyList<string> signers, IReadOnlyList<string> trustedKeys)
        : base($"cannot add path '{path}' because it lacks a signature by a trusted key")
    {
        Path = path;
        Version = version;
        Signers = signers;
        TrustedKeys = trustedKeys;
    }

    /// <summary>Gets the full path.</summary>
    public string Path { get; }

    /// <summary>Gets the version of the nario.</summary>
    public NarioVersion Version { get; }

    /// <summary>Gets the names of the keys that have signed the path, as they stand in the nario.</summary>
    public IReadOnlyList<string> Signers { get; }

    /// <summary>Gets the names of the keys whose signatures count.</summary>
    public IReadOnlyList<string> TrustedKeys { get; }
}
