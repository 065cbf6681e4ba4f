namespace Nario.Ksy.Diagnostics;

/// <summary>Collects the diagnostics of one specification file.</summary>
public sealed class DiagnosticBag(string file)
{
    private readonly List<KsyDiagnostic> _items = [];

    /// <summary>Path of the file that is being checked.</summary>
    public string File { get; } = file;

    /// <summary>What was found so far, in the order it was found.</summary>
    public IReadOnlyList<KsyDiagnostic> Items => _items;

    /// <summary>Whether any of them is an error.</summary>
    public bool HasErrors => _items.Exists(static item => item.Rule.Severity == KsySeverity.Error);

    /// <summary>Adds diagnostics that were found earlier.</summary>
    public void Add(IEnumerable<KsyDiagnostic> items) => _items.AddRange(items);

    /// <summary>Adds one.</summary>
    public void Report(KsyRule rule, SourceSpan span, params object[] arguments) =>
        _items.Add(KsyDiagnostic.Create(rule, File, span, arguments));
}
