using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Yaml;

/// <summary>The lines of a text, for finding line and column of an index.</summary>
internal sealed class TextLines
{
    private readonly List<int> _starts = [0];
    private readonly int _length;

    /// <summary>Finds the lines of <paramref name="text"/>; one ends with LF, CR LF or CR.</summary>
    public TextLines(string text)
    {
        _length = text.Length;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                _starts.Add(i + 1);
            }
        }
    }

    /// <summary>Gets the span between two indexes, which are cut to the text.</summary>
    public SourceSpan Span(long start, long end)
    {
        int first = (int)Math.Max(0, Math.Min(start, _length));
        int last = (int)Math.Max(first, Math.Min(end, _length));
        int firstLine = Line(first);
        int lastLine = Line(last);
        return new SourceSpan(
            first, last - first, firstLine, first - _starts[firstLine], lastLine, last - _starts[lastLine]);
    }

    private int Line(int index)
    {
        int found = _starts.BinarySearch(index);
        return found >= 0 ? found : ~found - 1;
    }
}
