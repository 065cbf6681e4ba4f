using System.Globalization;
using System.Net;
using System.Text;

namespace Nario.Benchmarks;

/// <summary>Draws how time and memory grow: for each series one panel of either, both axes logarithmic.</summary>
internal sealed class GrowthPlot
{
    private const int PanelWidth = 300;
    private const int PanelHeight = 220;
    private const int Left = 60;
    private const int Top = 40;
    private const int Gap = 90;

    private static readonly string[] Colors = ["#0b5fa5", "#c8553d", "#2a7f3f", "#7b4fa3", "#b0851f", "#555555"];

    private readonly StringBuilder _drawing = new();

    private GrowthPlot()
    {
    }

    /// <summary>Draws the figures as SVG.</summary>
    /// <param name="lines">One <see cref="GrowthFigure"/> a line.</param>
    public static string Draw(IEnumerable<string> lines)
    {
        GrowthPlot plot = new();
        GrowthFigure[] figures = [.. lines.Select(GrowthFigure.Parse)];
        string[] works = [.. figures.Select(figure => figure.Work).Distinct()];
        IGrouping<string, GrowthFigure>[] series = [.. figures.GroupBy(figure => figure.Series)];
        int width = Left + (series.Length * (PanelWidth + Gap));
        int height = Top + (2 * (PanelHeight + Gap));
        plot.Add(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"11\">"
        );
        plot.Add($"<rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>");
        for (int index = 0; index < works.Length; index++)
        {
            plot.Text(Left + (index * 130), 16, works[index], "start", Colors[index % Colors.Length]);
        }

        for (int column = 0; column < series.Length; column++)
        {
            int x = Left + (column * (PanelWidth + Gap));
            plot.Panel(x, Top, "seconds", series[column], works, figure => figure.Seconds, lowest: 0.001);
            plot.Panel(
                x, Top + PanelHeight + Gap, "peak MiB", series[column], works, figure => figure.Mebibytes, lowest: 1);
        }

        plot.Add($"</svg>");
        return plot._drawing.ToString();
    }

    private void Panel(
        int x,
        int y,
        string unit,
        IGrouping<string, GrowthFigure> series,
        string[] works,
        Func<GrowthFigure, double> value,
        double lowest)
    {
        double left = Math.Floor(Math.Log10(series.Min(figure => figure.Size)));
        double right = Math.Max(left + 1, Math.Ceiling(Math.Log10(series.Max(figure => figure.Size))));
        double bottom = Math.Log10(lowest);
        double top = Math.Max(bottom + 2, Math.Ceiling(Math.Log10(series.Max(value))));
        double Across(double size) => x + (PanelWidth * (Math.Log10(size) - left) / (right - left));
        double Down(double amount) =>
            y + PanelHeight - (PanelHeight * (Math.Log10(Math.Max(amount, lowest)) - bottom) / (top - bottom));
        Add($"<rect x=\"{x}\" y=\"{y}\" width=\"{PanelWidth}\" height=\"{PanelHeight}\" fill=\"none\" stroke=\"#999\"/>");
        for (double power = bottom; power <= top; power++)
        {
            Text(x - 6, Down(Math.Pow(10, power)) + 4, Label(power), "end");
        }

        for (double power = left; power <= right; power++)
        {
            Text(Across(Math.Pow(10, power)), y + PanelHeight + 16, Label(power), "middle");
        }

        Text(x, y - 6, unit, "start");
        Text(x + (PanelWidth / 2), y + PanelHeight + 34, series.Key, "middle");
        for (int index = 0; index < works.Length; index++)
        {
            IEnumerable<string> points = series
                .Where(figure => figure.Work == works[index])
                .OrderBy(figure => figure.Size)
                .Select(figure => Invariant($"{Across(figure.Size):0.#},{Down(value(figure)):0.#}"));
            Add(
                $"<polyline fill=\"none\" stroke=\"{Colors[index % Colors.Length]}\" stroke-width=\"2\" points=\"{string.Join(' ', points)}\"/>"
            );
        }
    }

    private static string Label(double power) => power is >= -3 and <= 3
        ? Math.Pow(10, power).ToString("0.###", CultureInfo.InvariantCulture)
        : Invariant($"1e{power:0}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Text(double x, double y, string text, string anchor, string color = "#222") =>
        Add(
            $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" fill=\"{color}\">{WebUtility.HtmlEncode(text)}</text>"
        );

    private void Add(FormattableString line) => _drawing.AppendLine(Invariant(line));
}
