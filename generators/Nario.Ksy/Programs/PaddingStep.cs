namespace Nario.Ksy.Programs;

/// <summary>A computed number of equal bytes.</summary>
public sealed record PaddingStep(string Field, Value Count, byte Filler) : Step(Field);
