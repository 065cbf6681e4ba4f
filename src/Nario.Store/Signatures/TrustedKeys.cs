using Nario.Store.Paths;

namespace Nario.Store.Signatures;

/// <summary>The public keys whose signatures count. They are read when a signature is to be judged, and not before: what needs no key
/// does not depend on them.</summary>
public sealed class TrustedKeys
{
    private readonly Lazy<Dictionary<string, PublicKey>> _keys;

    /// <summary>Makes a set of keys.</summary>
    /// <param name="keys">The keys, enumerated once, when the first signature is to be judged. Of several with one name the first
    /// counts, as with Nix.</param>
    public TrustedKeys(IEnumerable<PublicKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = new Lazy<Dictionary<string, PublicKey>>(() =>
        {
            Dictionary<string, PublicKey> byName = new(StringComparer.Ordinal);
            foreach (PublicKey key in keys)
            {
                byName.TryAdd(key.Name, key);
            }

            return byName;
        });
    }

    /// <summary>Gets no keys: nothing is trusted.</summary>
    public static TrustedKeys None { get; } = new([]);

    /// <summary>Gets the names of the keys, sorted.</summary>
    public IEnumerable<string> Names => _keys.Value.Keys.Order(StringComparer.Ordinal);

    /// <summary>Gets whether a signature was made on a text with one of these keys.</summary>
    /// <param name="fingerprint">The signed bytes.</param>
    /// <param name="signature">The signature. One whose key has another name is not looked at further.</param>
    /// <returns>Whether the signature counts.</returns>
    public bool Verify(ReadOnlySpan<byte> fingerprint, Signature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return _keys.Value.TryGetValue(signature.KeyName, out PublicKey? key) && key.Verify(fingerprint, signature);
    }

    /// <summary>Gets how many signatures on a text were made with one of these keys.</summary>
    /// <param name="fingerprint">The signed bytes.</param>
    /// <param name="signatures">The signatures, each once.</param>
    /// <returns>How many count.</returns>
    public int CountValid(ReadOnlySpan<byte> fingerprint, IEnumerable<Signature> signatures)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        int count = 0;
        foreach (Signature signature in signatures)
        {
            count += Verify(fingerprint, signature) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Gets how many signatures of a path were made with one of these keys.</summary>
    /// <param name="storeDirectory">The directory of the store.</param>
    /// <param name="info">The path. When the size of its NAR is not known nothing can have been signed.</param>
    /// <returns>How many count.</returns>
    public int CountValid(StoreDirectory storeDirectory, ValidPathInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return info.Signatures.Count == 0 || info.NarSize == 0
            ? 0
            : CountValid(Fingerprint.Create(storeDirectory, info), info.Signatures);
    }
}
