using System.Globalization;
using Nario.Ksy.Model;

namespace Nario.Ksy.Binding;

/// <summary>The types that the language itself defines, by their names.</summary>
internal static class BuiltInTypes
{
    /// <summary>Reads the name of an integer, such as <c>u4</c> or <c>s2le</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="order">
    /// The byte order that it states: <see cref="ByteOrder.None"/> for one byte, null when it states none.
    /// </param>
    public static IntegerType? Integer(string name, out ByteOrder? order)
    {
        order = null;
        if (name.Length is not (2 or 4)
            || name[0] is not ('u' or 's')
            || name[1] is not ('1' or '2' or '4' or '8')
            || !HasOrder(name.Substring(2), out order)
            || (name[1] == '1' && order is not null))
        {
            return null;
        }

        order = name[1] == '1' ? ByteOrder.None : order;
        return IntegerType.OfWidth(name[1] - '0', name[0] == 's');
    }

    /// <summary>Reads the name of a floating-point number, such as <c>f8be</c>.</summary>
    public static FloatType? Float(string name, out ByteOrder? order)
    {
        order = null;
        return name.Length is 2 or 4
            && name[0] == 'f'
            && name[1] is '4' or '8'
            && HasOrder(name.Substring(2), out order)
                ? new FloatType(name[1] - '0')
                : null;
    }

    /// <summary>Reads the name of bits, such as <c>b3</c> or <c>b12le</c>; the width may be one that none have.</summary>
    public static (int Width, BitOrder? Order)? Bits(string name)
    {
        int digits = 1;
        while (digits < name.Length && name[digits] is >= '0' and <= '9')
        {
            digits++;
        }

        if (name[0] != 'b' || digits == 1 || !HasOrder(name.Substring(digits), out ByteOrder? order))
        {
            return null;
        }

        BitOrder? bitOrder = order switch
        {
            ByteOrder.Little => BitOrder.Little,
            ByteOrder.Big => BitOrder.Big,
            _ => null,
        };
        return int.TryParse(
            name.Substring(1, digits - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int width)
                ? (width, bitOrder)
                : (int.MaxValue, bitOrder);
    }

    /// <summary>Reads the name of a type of values, as a parameter or a cast has it; null when it is none.</summary>
    public static DataType? Value(string name)
    {
        if (Integer(name, out _) is { } integer)
        {
            return integer;
        }

        if (Float(name, out _) is { } number)
        {
            return number;
        }

        if (Bits(name) is { Width: >= 1 and <= 64 } bits)
        {
            return bits.Width == 1 ? new BooleanType() : IntegerType.OfBits(bits.Width);
        }

        return name switch
        {
            "bool" => new BooleanType(),
            "bytes" => new BytesType(),
            "str" or "strz" => new StringType(),
            "struct" => new AnyStructType(),
            "io" => new IoType(),
            "any" => new AnyType(),
            _ => null,
        };
    }

    private static bool HasOrder(string suffix, out ByteOrder? order)
    {
        order = suffix switch
        {
            "le" => ByteOrder.Little,
            "be" => ByteOrder.Big,
            _ => null,
        };
        return suffix.Length == 0 || order is not null;
    }
}
