using Nario.Ksy.Model;

namespace Nario.Ksy.Interpretation;

/// <summary>A value of an enumeration.</summary>
/// <param name="Enum">The enumeration.</param>
/// <param name="Value">The integer.</param>
/// <param name="Label">Its label, or null where it has none.</param>
public sealed record EnumValue(EnumId Enum, Int128 Value, string? Label);
