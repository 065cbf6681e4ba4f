namespace Nario.Ksy.Programs;

/// <summary>Constant bytes.</summary>
public sealed record BytesValue(IReadOnlyList<byte> Bytes) : Value;
