using System.Globalization;

namespace Nario.Benchmarks;

/// <summary>What one piece of work took.</summary>
/// <param name="Series">What grows.</param>
/// <param name="Size">How large it is.</param>
/// <param name="Work">What was done.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="Mebibytes">Peak resident memory.</param>
internal sealed record GrowthFigure(string Series, double Size, string Work, double Seconds, double Mebibytes)
{
    /// <summary>Reads a line of tab-separated values in the order of the members.</summary>
    public static GrowthFigure Parse(string line)
    {
        string[] words = line.Split('\t');
        return new GrowthFigure(words[0], Number(words[1]), words[2], Number(words[3]), Number(words[4]));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
