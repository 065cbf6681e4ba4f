namespace Nario.Ksy.Programs;

/// <summary>The smallest byte of a byte string.</summary>
public sealed record LeastByteValue(Value Bytes) : Value;
