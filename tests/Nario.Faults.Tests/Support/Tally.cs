namespace Nario.Faults.Tests.Support;

/// <summary>Counts what the rounds of a test met, which shows whether the faults hit where they should.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts something once.</summary>
    internal void Count(string what) => _counts[what] = _counts.GetValueOrDefault(what) + 1;

    public override string ToString() =>
        string.Join(", ", _counts.Select(static count => $"{count.Value} × {count.Key}"));
}
