using System.Text;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Writes indented source text.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes a line; an empty one without indentation.</summary>
    public void Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', 4 * _depth).Append(line);
        }

        _text.Append('\n');
    }

    /// <summary>Opens a block with braces.</summary>
    public void Open(string? head = null)
    {
        if (head is not null)
        {
            Line(head);
        }

        Line("{");
        _depth++;
    }

    /// <summary>Closes a block.</summary>
    public void Close(string tail = "")
    {
        _depth--;
        Line("}" + tail);
    }

    /// <summary>Indents what follows without a brace.</summary>
    public void Indent() => _depth++;

    /// <summary>Ends what <see cref="Indent"/> began.</summary>
    public void Outdent() => _depth--;

    /// <summary>Writes the documentation comment of a member.</summary>
    public void Summary(string? text, string fallback = "")
    {
        string[] lines = Escape(string.IsNullOrWhiteSpace(text) ? fallback : text!.Trim()).Split('\n');
        if (lines.Length == 1)
        {
            Line($"/// <summary>{lines[0]}</summary>");
            return;
        }

        Line("/// <summary>");
        foreach (string line in lines)
        {
            Line($"/// {line.Trim()}");
        }

        Line("/// </summary>");
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
