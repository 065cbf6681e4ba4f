namespace Nario.Ksy.Programs;

/// <summary>Bytes that never differ.</summary>
public sealed record ConstantStep(string Field, IReadOnlyList<byte> Bytes) : Step(Field);
