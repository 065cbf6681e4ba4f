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

    /// <summary>Opens a block that ends where the result is disposed.</summary>
    public OpenBlock Block(string? head)
    {
        Open(head);
        return new OpenBlock(this);
    }

    /// <summary>Indents what follows without a brace.</summary>
    public void Indent() => _depth++;

    /// <summary>Ends what <see cref="Indent"/> began.</summary>
    public void Outdent() => _depth--;

    /// <summary>Ends the case of a switch that is being written and begins one inside the same code.</summary>
    public void NextCase(string label)
    {
        Outdent();
        Line();
        Line($"case {label}:");
        Indent();
    }

    /// <summary>Writes a block that throws or returns when a condition holds, and an empty line after it.</summary>
    public void Guard(string condition, string statement)
    {
        Open($"if ({condition})");
        Line(statement);
        Close();
        Line();
    }

    /// <summary>Writes the documentation comment of a member.</summary>
    public void Summary(string? text, string fallback = "")
    {
        string[] lines = Lines(string.IsNullOrWhiteSpace(text) ? fallback : text!);
        if (lines.Length == 1)
        {
            Line($"/// <summary>{lines[0]}</summary>");
            return;
        }

        Line("/// <summary>");
        foreach (string line in lines)
        {
            Line(line.Length > 0 ? $"/// {line}" : "///");
        }

        Line("/// </summary>");
    }

    /// <summary>Writes the documentation of a parameter on one line.</summary>
    public void Parameter(string name, string? text, string fallback) =>
        Line(
            $"/// <param name=\"{name.TrimStart('@')}\">{string.Join(" ", Lines(string.IsNullOrWhiteSpace(text) ? fallback : text!))}</param>"
        );

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>Splits text into lines that are fit for a comment; whatever ends a line of C# ends one here.</summary>
    private static string[] Lines(string text)
    {
        StringBuilder escaped = new();
        foreach (char character in text.Trim())
        {
            escaped.Append(
                character switch
                {
                    '&' => "&amp;",
                    '<' => "&lt;",
                    '>' => "&gt;",
                    '\n' or '\u0085' or '\u2028' or '\u2029' => "\n",
                    _ when char.IsControl(character) || char.IsSurrogate(character) || character >= '\uFFFE' => " ",
                    _ => character.ToString(),
                });
        }

        return [.. escaped.ToString().Split('\n').Select(line => line.Trim())];
    }

    /// <summary>A block that is open.</summary>
    public readonly struct OpenBlock(SourceWriter writer) : IDisposable
    {
        /// <summary>Closes the block.</summary>
        public void Dispose() => writer.Close();
    }
}
