using System.Buffers;

namespace Nario.Store.Paths;

/// <summary>The rules for what follows the hash part in a store path.</summary>
/// <remarks>
/// A name that is <c>.</c> or <c>..</c> up to its first dash could be taken for a directory by what cuts store paths at
/// dashes. Old versions of Nix let it pass; current ones do not.
/// </remarks>
public static class StorePathName
{
    /// <summary>
    /// How many characters a name has at most: Nix's limit, which leaves room in a file name of 255 bytes for the hash
    /// part and for what stores append.
    /// </summary>
    public const int MaxLength = 211;

    private static readonly SearchValues<byte> Allowed =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-._?="u8);

    /// <summary>Gets what is wrong with a name.</summary>
    /// <param name="name">The bytes of the name.</param>
    /// <returns>A part of an error line, or null when the name is good.</returns>
    public static string? FindFault(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return "name must not be empty";
        }

        if (name.Length > MaxLength)
        {
            return $"name '{EscapedText.FromBytes(name)}' must be no longer than {MaxLength} characters";
        }

        if (FirstComponentDots(name) is { } dots)
        {
            string fault = $"name '{EscapedText.FromBytes(name)}' is not valid";
            return name.Length == dots.Length
                ? fault
                : $"{fault}: first dash-separated component must not be '{dots}'";
        }

        int illegal = name.IndexOfAnyExcept(Allowed);
        return illegal < 0
            ? null
            : $"name '{EscapedText.FromBytes(name)}' contains illegal character "
                + $"'{EscapedText.FromBytes(name.Slice(illegal, 1))}'";
    }

    private static string? FirstComponentDots(ReadOnlySpan<byte> name)
    {
        int dash = name.IndexOf((byte)'-');
        ReadOnlySpan<byte> first = dash < 0 ? name : name[..dash];
        return first.SequenceEqual("."u8) ? "." : first.SequenceEqual(".."u8) ? ".." : null;
    }
}
