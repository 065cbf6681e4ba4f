using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Nario.Store.Paths;

namespace Nario.Store.Hashes;

/// <summary>
/// A claim that a store path follows from contents: how they are hashed, and the hash. Compared by value.
/// </summary>
/// <param name="Method">What is hashed.</param>
/// <param name="Hash">The hash. For an object that mentions itself it is the one of <see cref="HashModulo"/>.</param>
public sealed record ContentAddress(ContentAddressMethod Method, NixHash Hash)
{
    private const string TextPrefix = "text";

    private const string FixedPrefix = "fixed";

    private const string NarMark = "r:";

    private const string GitMark = "git:";

    /// <summary>Gets the hash.</summary>
    public NixHash Hash { get; init; } = Hash ?? throw new ArgumentNullException(nameof(Hash));

    /// <summary>Gets whether this library can compute the hash of contents, and so prove that they have this address.</summary>
    public bool IsComputable => Method != ContentAddressMethod.Git;

    /// <summary>Reads a content address: <c>text:ALGORITHM:HASH</c>, <c>fixed:ALGORITHM:HASH</c>, <c>fixed:r:ALGORITHM:HASH</c> or
    /// <c>fixed:git:ALGORITHM:HASH</c>, the hash in Nix's base 32, base 16 or base 64.</summary>
    /// <param name="text">The content address.</param>
    /// <returns>The content address.</returns>
    /// <exception cref="StoreException">It is not one.</exception>
    public static ContentAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlySpan<char> rest = text;
        if (!TryCut(ref rest, out ReadOnlySpan<char> prefix))
        {
            throw new StoreException("not a content address because it is not in the form '<prefix>:<rest>': "
                + EscapedText.FromText(text));
        }

        ContentAddressMethod method = ContentAddressMethod.Text;
        if (prefix is FixedPrefix)
        {
            method = TrySkip(ref rest, NarMark) ? ContentAddressMethod.Nar
                : TrySkip(ref rest, GitMark) ? ContentAddressMethod.Git
                : ContentAddressMethod.Flat;
        }
        else if (prefix is not TextPrefix)
        {
            throw new StoreException(
                $"content address '{EscapedText.FromText(text)}' has a prefix other than '{TextPrefix}' and "
                + $"'{FixedPrefix}'");
        }

        if (!TryCut(ref rest, out ReadOnlySpan<char> algorithm))
        {
            throw new StoreException("content address hash must be in form '<algo>:<hash>', but found: "
                + EscapedText.FromText(text));
        }

        return new ContentAddress(method, NixHash.ParseDigits(rest, HashAlgorithmNames.Parse(algorithm)));
    }

    /// <summary>Computes the store path of an object with this content address.</summary>
    /// <param name="storeDirectory">The directory of the store, which is a part of what is hashed.</param>
    /// <param name="name">The name of the object.</param>
    /// <param name="references">What it mentions, other than itself; in any order.</param>
    /// <param name="hasSelfReference">Whether it mentions itself.</param>
    /// <returns>The store path.</returns>
    /// <exception cref="StoreException">There is no such path: contents hashed in this way cannot have these
    /// references, or the name breaks a rule.</exception>
    /// <remarks>The rules of Nix: text is hashed with SHA-256 and cannot mention itself; of the others only a NAR's
    /// SHA-256 allows references.</remarks>
    public StorePath ComputePath(
        StoreDirectory storeDirectory,
        string name,
        IReadOnlyCollection<StorePath> references,
        bool hasSelfReference = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(references);
        switch (Method, Hash.Algorithm)
        {
            case (ContentAddressMethod.Nar, HashAlgorithmKind.Sha256):
                string source = WithReferences("source", storeDirectory, references, hasSelfReference);
                return storeDirectory.MakePath(source, Hash, name);
            case (ContentAddressMethod.Text, HashAlgorithmKind.Sha256) when !hasSelfReference:
                string text = WithReferences("text", storeDirectory, references, hasSelfReference: false);
                return storeDirectory.MakePath(text, Hash, name);
            case (ContentAddressMethod.Text, HashAlgorithmKind.Sha256):
                throw new StoreException(
                    $"content address '{this}' does not allow '{EscapedText.FromText(name)}' to refer to itself");
            case (ContentAddressMethod.Text, _):
                throw new StoreException($"content address '{this}' is not a SHA-256, which text is hashed with");
            case (ContentAddressMethod.Git, not (HashAlgorithmKind.Sha1 or HashAlgorithmKind.Sha256)):
                throw new StoreException(
                    $"content address '{this}' is neither a SHA-1 nor a SHA-256, which Git trees are hashed with");
            default:
                if (references.Count > 0 || hasSelfReference)
                {
                    throw new StoreException(
                        $"content address '{this}' does not allow '{EscapedText.FromText(name)}' to have references");
                }

                string output = $"fixed:out:{Mark}{Hash.Algorithm.GetName()}:{Hash.ToBase16()}:";
                NixHash outputHash = new(HashAlgorithmKind.Sha256, SHA256.HashData(Encoding.UTF8.GetBytes(output)));
                return storeDirectory.MakePath("output:out", outputHash, name);
        }
    }

    /// <summary>Gets whether a store path follows from this content address. Whether the contents have the hash is not
    /// looked at.</summary>
    /// <param name="storeDirectory">The directory of the store.</param>
    /// <param name="path">The path.</param>
    /// <param name="references">What it mentions, itself possibly among them; in any order.</param>
    /// <returns>Whether the path is the one that <see cref="ComputePath"/> gets.</returns>
    public bool IsContentAddressed(
        StoreDirectory storeDirectory, StorePath path, IReadOnlyCollection<StorePath> references)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(references);
        List<StorePath> others = [.. references.Where(reference => reference != path)];
        try
        {
            return ComputePath(storeDirectory, path.Name, others, others.Count != references.Count) == path;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    /// <summary>Gets the text, the hash in Nix's base 32.</summary>
    /// <returns>What <see cref="Parse"/> reads.</returns>
    public override string ToString() =>
        Method == ContentAddressMethod.Text ? $"{TextPrefix}:{Hash}" : $"{FixedPrefix}:{Mark}{Hash}";

    /// <summary>Gets what stands before the algorithm.</summary>
    private string Mark => Method switch
    {
        ContentAddressMethod.Text or ContentAddressMethod.Flat => "",
        ContentAddressMethod.Nar => NarMark,
        ContentAddressMethod.Git => GitMark,
        _ => throw new UnreachableException(),
    };

    private static bool TrySkip(ref ReadOnlySpan<char> rest, string mark)
    {
        bool isThere = rest.StartsWith(mark, StringComparison.Ordinal);
        rest = isThere ? rest[mark.Length..] : rest;
        return isThere;
    }

    private static bool TryCut(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> head)
    {
        int colon = rest.IndexOf(':');
        head = colon < 0 ? [] : rest[..colon];
        rest = rest[(colon + 1)..];
        return colon >= 0;
    }

    private static string WithReferences(
        string type, StoreDirectory storeDirectory, IEnumerable<StorePath> references, bool hasSelfReference)
    {
        StringBuilder text = new(type);
        foreach (StorePath reference in references.Distinct().Order())
        {
            text.Append(':').Append(storeDirectory.Join(reference));
        }

        return text.Append(hasSelfReference ? ":self" : "").ToString();
    }
}
