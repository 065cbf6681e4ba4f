namespace Nario.Ksy.Programs;

/// <summary>A member of an enumeration.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Label">Its label, or the string that it stands for.</param>
/// <param name="Doc">Documentation, or null.</param>
public sealed record EnumerationMember(long Value, string Label, string? Doc);
