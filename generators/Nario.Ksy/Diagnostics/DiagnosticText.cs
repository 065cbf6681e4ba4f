using System.Globalization;
using System.Text;

namespace Nario.Ksy.Diagnostics;

/// <summary>Makes text of a specification fit for a message of one line.</summary>
internal static class DiagnosticText
{
    /// <summary>More UTF-16 code units than this of a quoted text are left out.</summary>
    public const int MaxQuoted = 60;

    /// <summary>Gets <paramref name="text"/> in single quotes, escaped and shortened.</summary>
    public static string Quote(string text) =>
        text.Length > MaxQuoted ? $"'{Escape(text.Substring(0, MaxQuoted))}…'" : $"'{Escape(text)}'";

    /// <summary>
    /// Gets <paramref name="text"/> with each control character, line separator and surrogate as <c>\uXXXX</c>.
    /// </summary>
    public static string Escape(string text)
    {
        StringBuilder builder = new(text.Length);
        foreach (char c in text)
        {
            if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029')
            {
                builder.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                builder.Append(c);
            }
        }

        return builder.ToString();
    }
}
