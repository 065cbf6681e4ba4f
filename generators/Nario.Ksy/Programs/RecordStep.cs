namespace Nario.Ksy.Programs;

/// <summary>A record.</summary>
public sealed record RecordStep(string Field, Slot Slot, IReadOnlyList<Value> Arguments) : Step(Field);
