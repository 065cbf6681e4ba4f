using System.Diagnostics.CodeAnalysis;
using System.Text;
using Nario.Store.Hashes;

namespace Nario.Store.Paths;

/// <summary>
/// Names one object of a store: <c>&lt;hash part&gt;-&lt;name&gt;</c>, the last component of its path. It does not say
/// in which directory the store is; <see cref="StoreDirectory"/> does.
/// </summary>
/// <remarks>
/// The hash part is 20 bytes in Nix's base 32; the name is 1 to 211 characters of <c>[0-9a-zA-Z+\-._?=]</c> and does
/// not look like a relative directory (see <see cref="StorePathName"/>). Ordered bytewise by base name.
/// </remarks>
public sealed class StorePath : IEquatable<StorePath>, IComparable<StorePath>
{
    /// <summary>How many characters the hash part has.</summary>
    public const int HashPartLength = 32;

    /// <summary>How many bytes the hash part stands for.</summary>
    public const int HashByteLength = 20;

    /// <summary>How many characters a base name has at most.</summary>
    public const int MaxBaseNameLength = HashPartLength + 1 + StorePathName.MaxLength;

    private const string DerivationExtension = ".drv";

    private StorePath(string baseName) => BaseName = baseName;

    /// <summary>Gets the whole: 34 to 244 characters, all of them ASCII.</summary>
    public string BaseName { get; }

    /// <summary>Gets the 32 characters before the name.</summary>
    public string HashPart => BaseName[..HashPartLength];

    /// <summary>Gets what follows the hash part and its dash: 1 to 211 characters.</summary>
    public string Name => BaseName[(HashPartLength + 1)..];

    /// <summary>Gets whether the name says that this is a derivation (<c>.drv</c>).</summary>
    public bool IsDerivation => BaseName.EndsWith(DerivationExtension, StringComparison.Ordinal);

    /// <summary>Reads a base name.</summary>
    /// <param name="baseName"><c>&lt;hash part&gt;-&lt;name&gt;</c>, without a directory.</param>
    /// <returns>The store path.</returns>
    /// <exception cref="StorePathException">It is not one; the message says why.</exception>
    public static StorePath Parse(string baseName)
    {
        ArgumentNullException.ThrowIfNull(baseName);
        return Parse(Encoding.UTF8.GetBytes(baseName));
    }

    /// <summary>Reads a base name.</summary>
    /// <param name="baseName"><c>&lt;hash part&gt;-&lt;name&gt;</c>, without a directory.</param>
    /// <returns>The store path.</returns>
    /// <exception cref="StorePathException">It is not one; the message says why.</exception>
    public static StorePath Parse(ReadOnlySpan<byte> baseName) =>
        FindFault(baseName) is { } fault
            ? throw new StorePathException(fault)
            : new StorePath(Encoding.ASCII.GetString(baseName));

    /// <summary>Reads a base name, if it is one.</summary>
    /// <param name="baseName">Any text.</param>
    /// <param name="path">The store path, or null.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? baseName, [NotNullWhen(true)] out StorePath? path)
    {
        // What does not fit has too many characters, or some that are not allowed.
        Span<byte> bytes = stackalloc byte[MaxBaseNameLength];
        bool valid = baseName is not null
            && Encoding.UTF8.TryGetBytes(baseName, bytes, out int length)
            && FindFault(bytes[..length]) is null;
        path = valid ? new StorePath(baseName!) : null;
        return valid;
    }

    /// <summary>Makes a store path of its two parts.</summary>
    /// <param name="hash">20 bytes.</param>
    /// <param name="name">1 to 211 characters.</param>
    /// <returns>The store path.</returns>
    /// <exception cref="StorePathException">The name breaks a rule.</exception>
    /// <exception cref="ArgumentException">The hash has another length.</exception>
    public static StorePath Create(ReadOnlySpan<byte> hash, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (hash.Length != HashByteLength)
        {
            throw new ArgumentException($"a store path has a hash of {HashByteLength} bytes", nameof(hash));
        }

        return Parse($"{Nix32.Encode(hash)}-{name}");
    }

    /// <summary>Compares by base name, bytewise.</summary>
    /// <param name="other">Another store path; null comes first.</param>
    /// <returns>Less than, equal to or greater than 0.</returns>
    public int CompareTo(StorePath? other) => string.CompareOrdinal(BaseName, other?.BaseName);

    /// <inheritdoc/>
    public bool Equals(StorePath? other) => other is not null && BaseName == other.BaseName;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StorePath);

    /// <inheritdoc/>
    public override int GetHashCode() => BaseName.GetHashCode(StringComparison.Ordinal);

    /// <summary>Gets the base name.</summary>
    /// <returns><see cref="BaseName"/>.</returns>
    public override string ToString() => BaseName;

    /// <summary>Compares by value.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether both name the same object.</returns>
    public static bool operator ==(StorePath? left, StorePath? right) => Equals(left, right);

    /// <summary>Compares by value.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they name different objects.</returns>
    public static bool operator !=(StorePath? left, StorePath? right) => !Equals(left, right);

    /// <summary>Compares by base name.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first comes before the second.</returns>
    public static bool operator <(StorePath? left, StorePath? right) =>
        string.CompareOrdinal(left?.BaseName, right?.BaseName) < 0;

    /// <summary>Compares by base name.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first does not come after the second.</returns>
    public static bool operator <=(StorePath? left, StorePath? right) =>
        string.CompareOrdinal(left?.BaseName, right?.BaseName) <= 0;

    /// <summary>Compares by base name.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first comes after the second.</returns>
    public static bool operator >(StorePath? left, StorePath? right) =>
        string.CompareOrdinal(left?.BaseName, right?.BaseName) > 0;

    /// <summary>Compares by base name.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first does not come before the second.</returns>
    public static bool operator >=(StorePath? left, StorePath? right) =>
        string.CompareOrdinal(left?.BaseName, right?.BaseName) >= 0;

    private static string? FindFault(ReadOnlySpan<byte> baseName)
    {
        if (baseName.Length <= HashPartLength)
        {
            return $"'{EscapedText.FromBytes(baseName)}' is too short to be a valid store path";
        }

        ReadOnlySpan<byte> hashPart = baseName[..HashPartLength];
        int illegal = hashPart.IndexOfAnyExcept(Nix32.AlphabetBytes);
        if (illegal >= 0)
        {
            string character = EscapedText.FromBytes(hashPart.Slice(illegal, 1));
            return $"store path '{EscapedText.FromBytes(baseName)}' contains illegal base-32 character '{character}'";
        }

        string? fault = baseName[HashPartLength] != (byte)'-'
            ? "can't name a store path because the hash part is not followed by a '-'"
            : StorePathName.FindFault(baseName[(HashPartLength + 1)..]);
        return fault is null
            ? null
            : $"path '{EscapedText.FromBytes(baseName)}' is not a valid store path: {fault}";
    }
}
