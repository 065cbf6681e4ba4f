using System.Globalization;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Lowering;

/// <summary>An integer type of the language, such as <c>u4le</c>.</summary>
internal sealed record BuiltInType(int Width, bool IsSigned, bool IsBigEndian)
{
    /// <summary>Whether a name is one that the language itself defines.</summary>
    public static bool IsReserved(string name) =>
        name is "str" or "strz" || (name.Length is 2 or 4 && name[0] is 'u' or 's' or 'f' && char.IsDigit(name[1]) && Suffix(name) is not null) ||
        (name.Length > 1 && name[0] == 'b' && name.Substring(1).TrimEnd('l', 'b', 'e').All(char.IsDigit) && char.IsDigit(name[1]));

    /// <summary>Whether an integer type's name leaves the byte order to <c>meta/endian</c>.</summary>
    public static bool NeedsEndianness(string name) => name.Length == 2 && name[1] != '1';

    /// <summary>Reads an integer type's name; null when it is none.</summary>
    public static BuiltInType? Parse(string name, Endianness? endian)
    {
        if (name.Length is not (2 or 4) || name[0] is not ('u' or 's') || name[1] is not ('1' or '2' or '4' or '8') || Suffix(name) is not { } suffix)
        {
            return null;
        }

        int width = int.Parse(name.Substring(1, 1), CultureInfo.InvariantCulture);
        bool isBig = suffix.Length == 0 ? endian == Endianness.Big : suffix == "be";
        return new BuiltInType(width, name[0] == 's', isBig && width > 1);
    }

    private static string? Suffix(string name)
    {
        string suffix = name.Substring(2);
        return suffix is "" or "le" or "be" ? suffix : null;
    }
}
