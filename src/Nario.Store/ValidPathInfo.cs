using Nario.Codec;
using Nario.Store.Hashes;
using Nario.Store.Paths;
using Nario.Store.Signatures;

namespace Nario.Store;

/// <summary>What a store knows of a valid path. Compared by value.</summary>
public sealed record ValidPathInfo
{
    private readonly NixHash _narHash = null!;
    private readonly long _registrationTime;
    private readonly EquatableList<StorePath> _references = [];
    private readonly EquatableList<Signature> _signatures = [];

    /// <summary>Gets the path.</summary>
    public required StorePath Path { get; init; }

    /// <summary>Gets the SHA-256 of its NAR.</summary>
    /// <exception cref="ArgumentException">Another algorithm is given.</exception>
    public required NixHash NarHash
    {
        get => _narHash;
        init => _narHash = value is { Algorithm: HashAlgorithmKind.Sha256 }
            ? value
            : throw new ArgumentException("the hash of a NAR is a SHA-256", nameof(value));
    }

    /// <summary>Gets the size of its NAR in bytes; 0 when it is not known.</summary>
    public required ulong NarSize { get; init; }

    /// <summary>Gets the paths that its contents mention, itself possibly among them: sorted, each once, whatever was
    /// given.</summary>
    public IReadOnlyList<StorePath> References
    {
        get => _references;
        init => _references = ToSortedSet(value);
    }

    /// <summary>Gets the derivation that it was built from, if that is known.</summary>
    public StorePath? Deriver { get; init; }

    /// <summary>Gets when it was registered, in seconds since 1970 (UTC); 0 when it is not known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative time is given.</exception>
    public long RegistrationTime
    {
        get => _registrationTime;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _registrationTime = value;
        }
    }

    /// <summary>Gets whether the store's owner built it. Never believed when it comes from a file.</summary>
    public bool Ultimate { get; init; }

    /// <summary>Gets its signatures: sorted, each once, whatever was given. They need not be
    /// valid.</summary>
    public IReadOnlyList<Signature> Signatures
    {
        get => _signatures;
        init => _signatures = ToSortedSet(value);
    }

    /// <summary>Gets how many more texts a database has in the place of signatures, which are none. They are not a part of the
    /// value.</summary>
    public int MalformedSignatureCount { get; init; }

    /// <summary>Gets the content address that it claims, if any.</summary>
    public ContentAddress? ContentAddress { get; init; }

    /// <summary>Gets how many characters the references and signatures have together.</summary>
    internal long TextLength
    {
        get
        {
            long length = 0;
            foreach (StorePath reference in _references)
            {
                length += reference.BaseName.Length;
            }

            foreach (Signature signature in _signatures)
            {
                length += signature.TextLength;
            }

            return length;
        }
    }

    private static EquatableList<T> ToSortedSet<T>(IReadOnlyList<T> items)
        where T : class, IComparable<T>, IEquatable<T>
    {
        ArgumentNullException.ThrowIfNull(items);
        T[] set = [.. items];
        if (!IsAscending(set))
        {
            Array.Sort(set);
            int count = 1;
            foreach (T item in set)
            {
                if (set[count - 1].CompareTo(item) != 0)
                {
                    set[count++] = item;
                }
            }

            Array.Resize(ref set, count);
        }

        return [.. set];
    }

    private static bool IsAscending<T>(T[] items)
        where T : IComparable<T>
    {
        for (int index = 1; index < items.Length; index++)
        {
            if (items[index - 1].CompareTo(items[index]) >= 0)
            {
                return false;
            }
        }

        return true;
    }
}
