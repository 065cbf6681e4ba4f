using System.Security.Cryptography;
using System.Text;
using Nario.Store.Hashes;

namespace Nario.Store.Paths;

/// <summary>
/// The directory that holds the objects of a store, as the objects know it: <c>/nix/store</c> also for a store that
/// lies below another root. Its text goes into store paths, fingerprints and the database.
/// </summary>
public readonly record struct StoreDirectory
{
    private const string DefaultPath = "/nix/store";

    private readonly string? _path;

    /// <summary>Makes a store directory.</summary>
    /// <param name="path">An absolute path in canonical form: no <c>//</c>, <c>.</c>, <c>..</c> or trailing
    /// <c>/</c>.</param>
    /// <exception cref="StorePathException">It is not absolute or not canonical.</exception>
    public StoreDirectory(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(path);
        CheckForm(bytes);
        if (bytes.Contains((byte)0))
        {
            throw new StorePathException($"path '{EscapedText.FromText(path)}' contains a NUL");
        }

        _path = path == DefaultPath ? null : path;
    }

    /// <summary>Gets <c>/nix/store</c>.</summary>
    public static StoreDirectory Default => default;

    /// <summary>Gets the absolute path.</summary>
    public string Path => _path ?? DefaultPath;

    /// <summary>Gets the full path of an object.</summary>
    /// <param name="path">The object.</param>
    /// <returns>For instance <c>/nix/store/&lt;hash part&gt;-&lt;name&gt;</c>.</returns>
    public string Join(StorePath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return $"{Path}/{path.BaseName}";
    }

    /// <summary>Reads the full path of an object.</summary>
    /// <param name="fullPath">The path exactly as <see cref="Join"/> writes it.</param>
    /// <returns>The store path.</returns>
    /// <exception cref="StorePathException">It is not absolute, not in canonical form, not directly in this directory,
    /// or its last component is not a store path.</exception>
    /// <remarks>Nix makes such a path canonical first. No writer needs that, so here it is refused.</remarks>
    public StorePath ParsePath(string fullPath)
    {
        ArgumentNullException.ThrowIfNull(fullPath);
        return ParsePath(Encoding.UTF8.GetBytes(fullPath));
    }

    /// <summary>Reads the full path of an object.</summary>
    /// <param name="fullPath">The path exactly as <see cref="Join"/> writes it.</param>
    /// <returns>The store path.</returns>
    /// <exception cref="StorePathException">It is not absolute, not in canonical form, not directly in this directory,
    /// or its last component is not a store path.</exception>
    public StorePath ParsePath(ReadOnlySpan<byte> fullPath)
    {
        CheckForm(fullPath);
        int lastSlash = fullPath.LastIndexOf((byte)'/');
        return fullPath[..lastSlash].SequenceEqual(Encoding.UTF8.GetBytes(Path))
            ? StorePath.Parse(fullPath[(lastSlash + 1)..])
            : throw new StorePathException($"path '{EscapedText.FromBytes(fullPath)}' is not in the Nix store");
    }

    /// <summary>Makes the path of an object that this directory has for a hash.</summary>
    /// <param name="type">What the object is, in the words of Nix: <c>output:out</c>, <c>source</c>, …</param>
    /// <param name="hash">The hash, a SHA-256.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="StorePathException">The name breaks a rule.</exception>
    internal StorePath MakePath(string type, NixHash hash, string name)
    {
        string fingerprint = $"{type}:{hash.Algorithm.GetName()}:{hash.ToBase16()}:{Path}:{name}";
        Span<byte> full = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(fingerprint), full);
        Span<byte> folded = stackalloc byte[StorePath.HashByteLength];
        folded.Clear();
        for (int i = 0; i < full.Length; i++)
        {
            folded[i % folded.Length] ^= full[i];
        }

        return StorePath.Create(folded, name);
    }

    /// <summary>Gets the absolute path.</summary>
    /// <returns><see cref="Path"/>.</returns>
    public override string ToString() => Path;

    private static void CheckForm(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty || path[0] != (byte)'/')
        {
            throw new StorePathException($"not an absolute path: '{EscapedText.FromBytes(path)}'");
        }

        foreach (Range range in path[1..].Split((byte)'/'))
        {
            ReadOnlySpan<byte> component = path[1..][range];
            if (component.IsEmpty || component.SequenceEqual("."u8) || component.SequenceEqual(".."u8))
            {
                throw new StorePathException($"path '{EscapedText.FromBytes(path)}' is not in canonical form");
            }
        }
    }
}
