namespace Nario.Ksy.Programs;

/// <summary>Steps that are taken only when a condition holds.</summary>
public sealed record OptionalStep(string Field, Value Condition, IReadOnlyList<Step> Steps) : Step(Field);
