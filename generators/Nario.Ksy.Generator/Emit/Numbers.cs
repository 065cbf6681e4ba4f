using System.Globalization;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Writes how integers stand in a span.</summary>
internal static class Numbers
{
    /// <summary>Writes a number as it is in every culture.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads an integer as the type of its slot.</summary>
    /// <param name="number">The integer.</param>
    /// <param name="span">A span that begins with it.</param>
    /// <param name="place">Its first byte.</param>
    /// <param name="types">The names of types.</param>
    public static string Read(NumberStep number, string span, string place, TypeNames types)
    {
        string text =
            number.Width == 1
                ? number.IsSigned
                    ? $"(sbyte){place}"
                    : place
                : $"BinaryPrimitives.Read{Method(number)}({span})";
        if (number.Slot.Enumeration is null)
        {
            return text;
        }

        // Values of enumerations are signed: the largest integers become negative ones, and the same again when
        // written.
        return number is { Width: 8, IsSigned: false }
            ? $"unchecked(({types.Of(number.Slot)}){text})"
            : $"({types.Of(number.Slot)}){text}";
    }

    /// <summary>Writes an integer of the type of its slot.</summary>
    public static string Write(NumberStep number, string span, string place, string value)
    {
        string type = TypeNames.Integer(number.Width, number.IsSigned);
        bool isCast = number.Slot.Enumeration is not null || type == "sbyte";
        string cast = !isCast ? value : $"unchecked(({(number.Width == 1 ? "byte" : type)}){value})";
        return number.Width == 1 ? $"{place} = {cast};" : $"BinaryPrimitives.Write{Method(number)}({span}, {cast});";
    }

    /// <summary>
    /// Whether a value of the slot's type can be one that the integer cannot hold. Enumerations have 64 bits, and can have
    /// constants that are too large for one of the fields that use them.
    /// </summary>
    public static bool CanBeOutside(NumberStep number) => number is { Width: < 8, Slot.Enumeration: not null };

    /// <summary>Writes whether a value is one that the integer cannot hold.</summary>
    public static string IsOutside(NumberStep number, string value)
    {
        Interval range = Interval.OfWidth(number.Width, number.IsSigned);
        return $"(long){value} is < {Text((long)range.Low)} or > {Text((long)range.High)}";
    }

    /// <summary>Writes what the integer can hold, as a string expression.</summary>
    public static string Range(NumberStep number)
    {
        Interval range = Interval.OfWidth(number.Width, number.IsSigned);
        return $"\"{Text((long)range.Low)} to {Text((long)range.High)}\"";
    }

    private static string Method(NumberStep number) =>
        $"{(number.IsSigned ? "Int" : "UInt")}{Text(8 * number.Width)}{(number.IsBigEndian ? "Big" : "Little")}Endian";
}
