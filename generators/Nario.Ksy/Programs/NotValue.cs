namespace Nario.Ksy.Programs;

/// <summary>The opposite of a condition.</summary>
public sealed record NotValue(Value Operand) : Value;
