using System.Globalization;

namespace Nario.Ksy.Diagnostics;

/// <summary>Something wrong at a place of a specification; compared by value.</summary>
/// <param name="Rule">Kind of diagnostic.</param>
/// <param name="File">Path of the specification as the caller gave it.</param>
/// <param name="Span">Where in that file.</param>
/// <param name="Message">The filled-in message.</param>
public sealed record KsyDiagnostic(KsyRule Rule, string File, SourceSpan Span, string Message)
{
    /// <summary>
    /// Fills the rule's message with <paramref name="arguments"/>; a control character in them is escaped, so that the
    /// message is one line whatever the specification holds.
    /// </summary>
    public static KsyDiagnostic Create(KsyRule rule, string file, SourceSpan span, params object[] arguments)
    {
        string message = string.Format(CultureInfo.InvariantCulture, rule.MessageFormat, arguments);
        return new(rule, file, span, DiagnosticText.Escape(message));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{File}({Span.Line + 1},{Span.Column + 1}): {Rule.Id}: {Message}";
}
