namespace Nario.Ksy.Programs;

/// <summary>A value instance of a record: computed, not stored.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Doc">Documentation, or null.</param>
/// <param name="Value">What it is, over the record's values.</param>
/// <param name="IsCondition">Whether it is a truth value; else an integer.</param>
/// <param name="IsSigned">Whether an integer can be negative.</param>
public sealed record ComputedField(string Name, string? Doc, Value Value, bool IsCondition, bool IsSigned);
