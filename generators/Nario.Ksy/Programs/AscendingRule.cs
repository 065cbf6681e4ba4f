namespace Nario.Ksy.Programs;

/// <summary>Elements of a list must have strictly ascending byte strings.</summary>
/// <param name="Path">Identifiers of the byte string, for a name.</param>
/// <param name="Bytes">The byte string of the current element.</param>
/// <param name="MaximumLength">Its greatest length in bytes.</param>
/// <param name="SpecPath">Where the specification states the rule.</param>
public sealed record AscendingRule(IReadOnlyList<string> Path, Slot Bytes, int MaximumLength, string SpecPath);
