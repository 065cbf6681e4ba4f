namespace Nario.Ksy.Programs;

/// <summary>A value instance of a record: computed, not stored.</summary>
public sealed record ComputedField(string Name, string? Doc, Value Value);
