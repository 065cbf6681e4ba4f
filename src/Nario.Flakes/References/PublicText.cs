using System.Buffers;
using System.Text;
using Nario.Store;

namespace Nario.Flakes.References;

/// <summary>Makes text that may hold URLs fit for messages.</summary>
public static class PublicText
{
    private const string Marker = "://";

    private const string Replacement = "***";

    /// <summary>What ends an authority, or a URL in a sentence.</summary>
    private static readonly SearchValues<char> AuthorityEnds = SearchValues.Create("/?# '\"\t\r\n");

    /// <summary>Gets the text on one line, and without user and password of any URL in it; the user alone stays where it is
    /// no secret, as with SSH.</summary>
    /// <param name="text">Any text.</param>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder result = new();
        int done = 0;
        for (int marker; (marker = text.IndexOf(Marker, done, StringComparison.Ordinal)) >= 0;)
        {
            int start = marker + Marker.Length;
            int end = text.AsSpan(start).IndexOfAny(AuthorityEnds) is >= 0 and var length ? start + length : text.Length;
            int at = end > start ? text.LastIndexOf('@', end - 1, end - start) : -1;
            bool isSecret = at >= 0 && (text.AsSpan(start, at - start).Contains(':') || !IsSsh(text.AsSpan(0, marker)));
            result.Append(text, done, start - done);
            result.Append(isSecret ? Replacement : text[start..Math.Max(start, at)]);
            done = Math.Max(start, at);
        }

        return EscapedText.FromText(result.Append(text, done, text.Length - done).ToString());
    }

    private static bool IsSsh(ReadOnlySpan<char> textBeforeMarker) => textBeforeMarker.EndsWith("ssh", StringComparison.Ordinal);
}
