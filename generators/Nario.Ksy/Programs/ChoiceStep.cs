namespace Nario.Ksy.Programs;

/// <summary>Bytes that spell one of the members of the slot's enumeration.</summary>
public sealed record ChoiceStep(string Field, Slot Slot, Value Size, Description Expected) : Step(Field);
