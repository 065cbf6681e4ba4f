using System.Numerics;

namespace Nario.Ksy.Programs;

/// <summary>A named set of integers, or of strings, that a field can hold.</summary>
/// <param name="specId">The specification that declares it.</param>
/// <param name="name">Its name in that specification.</param>
/// <param name="doc">Documentation, or null.</param>
/// <param name="members">Its members, each with a value of its own.</param>
/// <param name="isText">Whether the members stand for strings: then values are indexes.</param>
public sealed class Enumeration(
    string specId,
    string name,
    string? doc,
    IReadOnlyList<EnumerationMember> members,
    bool isText)
{
    private readonly Dictionary<BigInteger, EnumerationMember> _byValue = members.ToDictionary(member => new BigInteger(
        member.Value));

    /// <summary>The specification that declares it.</summary>
    public string SpecId { get; } = specId;

    /// <summary>Its name in that specification.</summary>
    public string Name { get; } = name;

    /// <summary>Documentation, or null.</summary>
    public string? Doc { get; } = doc;

    /// <summary>Its members.</summary>
    public IReadOnlyList<EnumerationMember> Members { get; } = members;

    /// <summary>Whether the members stand for strings: then values are indexes.</summary>
    public bool IsText { get; } = isText;

    /// <summary>Gets the member of a value, or null.</summary>
    public EnumerationMember? Find(BigInteger value) =>
        _byValue.TryGetValue(value, out EnumerationMember? member) ? member : null;
}
