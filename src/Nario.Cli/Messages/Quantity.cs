using System.Globalization;

namespace Nario.Cli.Messages;

/// <summary>Writes numbers with what they count.</summary>
internal static class Quantity
{
    private const double Step = 1024;

    private static readonly string[] Units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>Writes how many there are of something.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">What it is called when there is one; more get an <c>s</c>.</param>
    public static string Of(long count, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? string.Empty : "s")}");

    /// <summary>Writes a number of bytes for a person.</summary>
    public static string OfBytes(long count)
    {
        double value = count;
        int unit = 0;
        while (value >= Step && unit < Units.Length - 1)
        {
            value /= Step;
            unit++;
        }

        return unit == 0
            ? Of(count, "byte")
            : string.Create(CultureInfo.InvariantCulture, $"{value:F1} {Units[unit]}");
    }
}
