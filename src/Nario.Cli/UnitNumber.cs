using System.Globalization;
using Nario.Store;

namespace Nario.Cli;

/// <summary>Reads numbers as the flags of Nix take them: digits, then perhaps K, M, G or T.</summary>
internal static class UnitNumber
{
    /// <summary>Reads a number.</summary>
    /// <param name="text">The number.</param>
    /// <exception cref="UsageException">It is none.</exception>
    public static long Parse(string text)
    {
        int shift = 0;
        ReadOnlySpan<char> digits = text;
        if (text.Length > 0 && char.IsAsciiLetter(text[^1]))
        {
            char unit = char.ToUpperInvariant(text[^1]);
            shift = unit switch
            {
                'K' => 10,
                'M' => 20,
                'G' => 30,
                'T' => 40,
                _ => throw new UsageException($"invalid unit specifier '{unit}'"),
            };
            digits = text.AsSpan(..^1);
        }

        return ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            && number <= (ulong)long.MaxValue >> shift
            ? (long)number << shift
            : throw new UsageException($"'{EscapedText.FromText(text)}' is not an integer");
    }
}
