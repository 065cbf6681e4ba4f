namespace Nario.Ksy.Programs;

/// <summary>What a slot holds.</summary>
public sealed record SlotValue(Slot Slot) : Value;
