namespace Nario.Ksy.Programs;

/// <summary>A truth constant.</summary>
public sealed record BooleanValue(bool IsTrue) : Value;
