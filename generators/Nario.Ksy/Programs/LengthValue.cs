namespace Nario.Ksy.Programs;

/// <summary>The number of bytes in a byte string.</summary>
public sealed record LengthValue(Value Bytes) : Value;
