using System.Globalization;
using System.Numerics;
using Nario.Ksy.Model;

namespace Nario.Ksy.Generator.Classes;

/// <summary>Writes constants with exactly the C# type of their own type.</summary>
internal static class Constants
{
    /// <summary>Writes an integer; what the type cannot hold loses its high bits.</summary>
    public static Code Integer(BigInteger value, IntegerType type)
    {
        value = Wrap(value, type);
        string digits = value.ToString(CultureInfo.InvariantCulture);
        string? suffix = (type.Width, type.IsSigned) switch
        {
            (4, true) => "",
            (4, false) => "U",
            (8, true) => "L",
            (8, false) => "UL",
            _ => null,
        };
        Code literal = new(digits + suffix, value.Sign < 0 ? Precedence.Unary : Precedence.Primary, IsConstant: true);
        return suffix is null
            ? new Code($"({CSharpTypes.Integer(type)}){literal.Within(Precedence.Primary)}", Precedence.Unary, true)
            : literal;
    }

    public static Code Float(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            return Code.Primary(
                double.IsNaN(value) ? "double.NaN" : value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity");
        }

        string digits = value.ToString("R", CultureInfo.InvariantCulture);
        return new Code(digits + "D", value < 0 ? Precedence.Unary : Precedence.Primary, IsConstant: true);
    }

    /// <summary>Writes an array of bytes.</summary>
    public static Code Bytes(IReadOnlyList<byte> bytes) => bytes.Count == 0
        ? Code.Primary("global::System.Array.Empty<byte>()")
        : Code.Primary($"new byte[] {{ {Items(bytes)} }}");

    /// <summary>Writes bytes for a parameter that is a span, for which nothing is allocated.</summary>
    public static Code Span(IReadOnlyList<byte>? bytes) => Code.Primary($"[{Items(bytes ?? [])}]");

    private static string Items(IReadOnlyList<byte> bytes) =>
        string.Join(", ", bytes.Select(value => "0x" + value.ToString("x2", CultureInfo.InvariantCulture)));

    private static BigInteger Wrap(BigInteger value, IntegerType type)
    {
        BigInteger modulus = BigInteger.One << (8 * type.Width);
        value = ((value % modulus) + modulus) % modulus;
        return type.IsSigned && value >= modulus / 2 ? value - modulus : value;
    }
}
