using System.Numerics;

namespace Nario.Ksy.Expressions;

/// <summary>The spelling of integers: bases 2, 8, 10 and 16, with <c>_</c> between digits.</summary>
internal static class IntegerText
{
    /// <summary>Most digits; more are in no specification, and their conversion takes quadratic time.</summary>
    public const int MaxDigits = 100;

    /// <summary>
    /// Reads an integer without sign. Leading zeros are refused unless all digits are zeros, since they mean base 8
    /// in one version of YAML and base 10 in another.
    /// </summary>
    public static bool TryParse(string text, out BigInteger value)
    {
        value = BigInteger.Zero;
        int radix = Radix(text);
        int digits = 0;
        for (int i = radix == 10 ? 0 : 2; i < text.Length; i++)
        {
            if (text[i] == '_' && i > 0)
            {
                continue;
            }

            int digit = Digit(text[i]);
            if (digit < 0 || digit >= radix || ++digits > MaxDigits)
            {
                return false;
            }

            if (radix == 10 && digit != 0 && digits > 1 && value.IsZero)
            {
                return false;
            }

            value = (value * radix) + digit;
        }

        return digits > 0;
    }

    /// <summary>Reads an integer that may have a sign.</summary>
    public static bool TryParseSigned(string text, out BigInteger value)
    {
        bool negative = text.StartsWith("-", StringComparison.Ordinal);
        bool signed = negative || text.StartsWith("+", StringComparison.Ordinal);
        bool parsed = TryParse(signed ? text.Substring(1) : text, out value);
        value = negative ? -value : value;
        return parsed;
    }

    private static int Radix(string text) => text.Length < 2 || text[0] != '0'
        ? 10
        : text[1] switch { 'x' or 'X' => 16, 'o' or 'O' => 8, 'b' or 'B' => 2, _ => 10 };

    private static int Digit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
