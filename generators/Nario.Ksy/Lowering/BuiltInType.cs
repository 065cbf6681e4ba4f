using System.Globalization;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Lowering;

/// <summary>An integer type of the language, such as <c>u4le</c>.</summary>
internal sealed record BuiltInType(int Width, bool IsSigned, bool IsBigEndian)
{
    /// <summary>
    /// Whether a type is one that the language itself defines. Arguments make <c>str</c> a type of the specification's
    /// own.
    /// </summary>
    public static bool IsReserved(NamedTypeSyntax type) =>
        type is { Arguments.Count: 0, Name: { Parts: [var name], IsArray: false } }
        && (name is "str" or "strz" || Parse(name, null) is not null || IsFloat(name) || IsBits(name));

    /// <summary>Whether a type is the built-in string.</summary>
    public static bool IsString(NamedTypeSyntax type) => type is { Arguments.Count: 0, Name.Parts: ["str"] };

    /// <summary>Whether an integer type's name leaves the byte order to <c>meta/endian</c>.</summary>
    public static bool NeedsEndianness(string name) => name.Length == 2 && name[1] != '1';

    /// <summary>Reads an integer type's name; null when it is none.</summary>
    public static BuiltInType? Parse(string name, Endianness? endian)
    {
        if (name.Length is not (2 or 4)
            || name[0] is not ('u' or 's')
            || name[1] is not ('1' or '2' or '4' or '8')
            || Suffix(name) is not { } suffix)
        {
            return null;
        }

        int width = int.Parse(name.Substring(1, 1), CultureInfo.InvariantCulture);
        bool isBig = suffix.Length == 0 ? endian == Endianness.Big : suffix == "be";
        return new BuiltInType(width, name[0] == 's', isBig && width > 1);
    }

    private static bool IsFloat(string name) =>
        name.Length is 2 or 4 && name[0] == 'f' && name[1] is '4' or '8' && Suffix(name) is not null;

    private static bool IsBits(string name)
    {
        string digits =
            name.EndsWith("le", StringComparison.Ordinal) || name.EndsWith("be", StringComparison.Ordinal)
                ? name.Substring(0, name.Length - 2)
                : name;
        return digits.Length > 1 && digits[0] == 'b' && digits.Skip(1).All(char.IsDigit);
    }

    private static string? Suffix(string name)
    {
        string suffix = name.Substring(2);
        return suffix is "" or "le" or "be" ? suffix : null;
    }
}
