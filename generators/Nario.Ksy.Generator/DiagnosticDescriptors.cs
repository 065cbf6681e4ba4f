using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Generator;

/// <summary>Turns the front end's diagnostics into the compiler's.</summary>
internal static class DiagnosticDescriptors
{
    private const string Category = "Ksy";

    public static Diagnostic ToRoslyn(KsyDiagnostic diagnostic)
    {
        SourceSpan span = diagnostic.Span;
        Location location = Location.Create(
            diagnostic.File,
            new TextSpan(span.Start, span.Length),
            new LinePositionSpan(
                new LinePosition(span.Line, span.Column),
                new LinePosition(span.EndLine, span.EndColumn)));
        return Diagnostic.Create(ToRoslyn(diagnostic.Rule), location, diagnostic.Message);
    }

    // The front end fills in the message, so the compiler's own format has one place only.
#pragma warning disable RS2008 // The rules are declared in the front end; AnalyzerReleases lists them, and a test compares the two.
    private static DiagnosticDescriptor ToRoslyn(KsyRule rule) =>
        new(
            rule.Id,
            rule.Title,
            "{0}",
            Category,
            rule.Severity == KsySeverity.Error ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
            isEnabledByDefault: true);
#pragma warning restore RS2008
}
