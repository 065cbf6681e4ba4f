using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Yaml;

namespace Nario.Ksy.Syntax;

/// <summary>Reads the values of one mapping as what they must be, and reports every key that is not read.</summary>
internal sealed class KeyReader
{
    private readonly Dictionary<string, YamlEntry> _entries = new(StringComparer.Ordinal);
    private readonly List<AnnotationSyntax> _annotations = [];
    private readonly KeySet _keys;
    private readonly DiagnosticBag _diagnostics;

    /// <summary>Takes the keys of <paramref name="mapping"/>, which must be among <paramref name="keys"/>.</summary>
    public KeyReader(YamlMapping mapping, KeySet keys, DiagnosticBag diagnostics)
    {
        Span = mapping.Span;
        _keys = keys;
        _diagnostics = diagnostics;
        foreach (YamlEntry entry in mapping.Entries)
        {
            string key = entry.Key.Text;
            if (keys.Accepts(key))
            {
                _entries.Add(key, entry);
            }
            else if (key.StartsWith("-", StringComparison.Ordinal))
            {
                _annotations.Add(new AnnotationSyntax(key, entry.Value, entry.Key.Span));
            }
            else
            {
                string hint = keys.Closest(key) is { } closest ? $"; did you mean '{closest}'?" : "";
                diagnostics.Report(
                    KsyRules.UnknownKey, entry.Key.Span, DiagnosticText.Quote(key), keys.Place, hint);
            }
        }
    }

    /// <summary>The mapping's place.</summary>
    public SourceSpan Span { get; }

    /// <summary>The keys that begin with <c>-</c>.</summary>
    public IReadOnlyList<AnnotationSyntax> Annotations => _annotations;

    /// <summary>Where each key stands.</summary>
    public IReadOnlyDictionary<string, SourceSpan> Places =>
        _entries.ToDictionary(pair => pair.Key, pair => pair.Value.Key.Span, StringComparer.Ordinal);

    /// <summary>Gets whether <paramref name="key"/> is there.</summary>
    public bool Has(string key) => _entries.ContainsKey(key);

    /// <summary>Gets the entry of <paramref name="key"/>, or null.</summary>
    public YamlEntry? Find(string key) => _entries.TryGetValue(key, out YamlEntry? entry) ? entry : null;

    /// <summary>Gets the entry of <paramref name="key"/>; reports that it is missing.</summary>
    public YamlEntry? Require(string key)
    {
        YamlEntry? entry = Find(key);
        if (entry is null)
        {
            _diagnostics.Report(KsyRules.MissingKey, Span, _keys.Place, $"'{key}'");
        }

        return entry;
    }

    /// <summary>Reports <paramref name="key"/> when <paramref name="other"/> is there too.</summary>
    public void Exclude(string key, string other)
    {
        if (Has(key) && Find(other) is { } entry)
        {
            _diagnostics.Report(KsyRules.ConflictingKeys, entry.Key.Span, $"'{key}'", $"'{other}'");
        }
    }

    /// <summary>Gets the scalar of <paramref name="key"/>, which must not be null.</summary>
    public YamlScalar? Scalar(string key, string expected = "text")
    {
        YamlEntry? entry = Find(key);
        return entry is null ? null : ScalarOf(entry.Value, $"'{key}'", expected, _diagnostics);
    }

    /// <summary>Gets the text of <paramref name="key"/>.</summary>
    public string? Text(string key) => Scalar(key)?.Text;

    /// <summary>Gets the truth value of <paramref name="key"/>.</summary>
    public bool Flag(string key, bool whenAbsent)
    {
        YamlEntry? entry = Find(key);
        if (entry is null)
        {
            return whenAbsent;
        }

        bool? value = entry.Value is YamlScalar scalar ? PlainScalar.Boolean(scalar) : null;
        if (value is null)
        {
            _diagnostics.Report(KsyRules.WrongKind, entry.Value.Span, $"'{key}'", "true or false");
        }

        return value ?? whenAbsent;
    }

    /// <summary>Gets the expression of <paramref name="key"/>; a number without quotes is one too.</summary>
    public Expression? Expression(string key) =>
        Scalar(key, "an expression") is { } scalar ? ExpressionParser.Parse(scalar, _diagnostics) : null;

    /// <summary>Gets the items of <paramref name="key"/>, none when it is absent.</summary>
    public IReadOnlyList<YamlNode> Items(string key)
    {
        YamlEntry? entry = Find(key);
        if (entry is not null && entry.Value is not YamlSequence)
        {
            _diagnostics.Report(KsyRules.WrongKind, entry.Value.Span, $"'{key}'", "a list");
        }

        return (entry?.Value as YamlSequence)?.Items ?? [];
    }

    /// <summary>Gets the entries of <paramref name="key"/>, none when it is absent.</summary>
    public IReadOnlyList<YamlEntry> Entries(string key)
    {
        YamlEntry? entry = Find(key);
        return entry is null ? [] : MappingOf(entry.Value, $"'{key}'", _diagnostics)?.Entries ?? [];
    }

    /// <summary>Gets <paramref name="node"/> as a scalar that is not null.</summary>
    public static YamlScalar? ScalarOf(YamlNode node, string what, string expected, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar scalar && !PlainScalar.IsNull(scalar))
        {
            return scalar;
        }

        diagnostics.Report(KsyRules.WrongKind, node.Span, what, expected);
        return null;
    }

    /// <summary>Gets <paramref name="node"/> as a mapping.</summary>
    public static YamlMapping? MappingOf(YamlNode node, string what, DiagnosticBag diagnostics)
    {
        if (node is not YamlMapping)
        {
            diagnostics.Report(KsyRules.WrongKind, node.Span, what, "a mapping");
        }

        return node as YamlMapping;
    }
}
