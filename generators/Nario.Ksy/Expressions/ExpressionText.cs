using Nario.Ksy.Diagnostics;
using Nario.Ksy.Yaml;

namespace Nario.Ksy.Expressions;

/// <summary>The text of an expression and where it stands.</summary>
/// <param name="Text">The text.</param>
/// <param name="Origin">Its place in the specification.</param>
/// <param name="Exact">
/// Whether the place shows the text unchanged on one line; if not, every part of the text has the place of the whole.
/// </param>
internal sealed record ExpressionText(string Text, SourceSpan Origin, bool Exact)
{
    /// <summary>Gets the text of <paramref name="scalar"/>.</summary>
    public static ExpressionText Of(YamlScalar scalar)
    {
        SourceSpan span = scalar.Span;
        int quote = scalar.IsPlain ? 0 : 1;

        // Escapes and folded lines change the length, so equal lengths on one line mean equal text.
        return span.Line == span.EndLine && span.Length == scalar.Text.Length + (2 * quote)
            ? new ExpressionText(scalar.Text, Part(span, quote, span.Length - quote), true)
            : new ExpressionText(scalar.Text, span, false);
    }

    /// <summary>Gets the place of the text between two indexes.</summary>
    public SourceSpan Span(int start, int end) => Exact ? Part(Origin, start, end) : Origin;

    private static SourceSpan Part(SourceSpan line, int start, int end) => new(
        line.Start + start, end - start, line.Line, line.Column + start, line.Line, line.Column + end);
}
