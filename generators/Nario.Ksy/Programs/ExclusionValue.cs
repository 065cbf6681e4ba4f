namespace Nario.Ksy.Programs;

/// <summary>Whether a byte string has none of some bytes.</summary>
/// <param name="Bytes">The byte string.</param>
/// <param name="Excluded">One or two bytes.</param>
public sealed record ExclusionValue(Value Bytes, IReadOnlyList<byte> Excluded) : Value;
