using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Model;

/// <summary>An enumeration.</summary>
/// <param name="Id">Its name among all.</param>
/// <param name="Underlying">
/// The integers that it is made of: those of its own <c>type</c>, else a computation's that holds all its members and
/// all that the specification reads as it. Values without a label are kept.
/// </param>
/// <param name="Members">Its members, in the order of the text; values and labels are all different.</param>
/// <param name="Doc">Documentation, or null.</param>
/// <param name="Span">Where its name stands.</param>
public sealed record EnumModel(
    EnumId Id,
    IntegerType Underlying,
    ValueList<EnumMember> Members,
    string? Doc,
    SourceSpan Span);
