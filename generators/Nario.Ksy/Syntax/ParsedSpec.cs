using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Syntax;

/// <summary>A specification file that has been parsed; it is compared by its source, from which all else follows.</summary>
public sealed class ParsedSpec : IEquatable<ParsedSpec>
{
    private ParsedSpec(SpecSource source, SpecSyntax? syntax, IReadOnlyList<KsyDiagnostic> diagnostics)
    {
        Source = source;
        Syntax = syntax;
        Diagnostics = diagnostics;
    }

    /// <summary>The file.</summary>
    public SpecSource Source { get; }

    /// <summary>Its syntax without what could not be read; null when it has no id.</summary>
    public SpecSyntax? Syntax { get; }

    /// <summary>What is wrong with the syntax.</summary>
    public IReadOnlyList<KsyDiagnostic> Diagnostics { get; }

    /// <summary>Parses a file.</summary>
    public static ParsedSpec Parse(SpecSource source)
    {
        DiagnosticBag diagnostics = new(source.File);
        SpecSyntax? syntax = SpecParser.Parse(source.File, source.Text, diagnostics);
        return new ParsedSpec(source, syntax, diagnostics.Items);
    }

    /// <inheritdoc/>
    public bool Equals(ParsedSpec? other) => other is not null && Source == other.Source;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ParsedSpec);

    /// <inheritdoc/>
    public override int GetHashCode() => Source.GetHashCode();
}
