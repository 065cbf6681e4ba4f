namespace Nario.Ksy.Programs;

/// <summary>An integer of 1, 2, 4 or 8 bytes.</summary>
public sealed record NumberStep(string Field, Slot Slot, int Width, bool IsSigned, bool IsBigEndian) : Step(Field);
