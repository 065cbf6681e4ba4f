namespace Nario.Ksy.Programs;

/// <summary>A named set of integers, or of strings, that a field can hold.</summary>
/// <param name="SpecId">The specification that declares it.</param>
/// <param name="Name">Its name in that specification.</param>
/// <param name="Doc">Documentation, or null.</param>
/// <param name="Members">Its members.</param>
/// <param name="IsText">Whether the members stand for strings: then values are indexes.</param>
public sealed record Enumeration(string SpecId, string Name, string? Doc, IReadOnlyList<EnumerationMember> Members, bool IsText);
