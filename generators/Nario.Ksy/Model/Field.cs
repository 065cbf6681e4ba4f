using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Model;

/// <summary>What is read at one place of the input: an element of <c>seq</c>, or what a parsed instance reads.</summary>
/// <param name="Name">
/// Its name; for a field without one <c>_unnamed</c> and its number in <c>seq</c>, which no expression can use.
/// </param>
/// <param name="Layout">How it (when repeated, an element) lies in the input.</param>
/// <param name="Condition">When it is there at all (<c>if</c>), or null for always.</param>
/// <param name="Repeat">How often it occurs, or null for once.</param>
/// <param name="Valid">What must hold of it (when repeated, of every element), or null.</param>
/// <param name="Doc">Documentation, or null.</param>
/// <param name="Span">Where the field stands.</param>
public sealed record Field(
    string Name,
    Layout Layout,
    BoundExpression? Condition,
    Repetition? Repeat,
    Validation? Valid,
    string? Doc,
    SourceSpan Span)
{
    /// <summary>The type of the whole value: an array when it is repeated.</summary>
    public DataType Type => Repeat is null ? Layout.Type : new ArrayType(Layout.Type);

    /// <summary>Whether the value can be absent.</summary>
    public bool IsOptional => Condition is not null || (Repeat is null && Layout is SwitchLayout { CanBeAbsent: true });

    /// <summary>Whether it has a name of its own.</summary>
    public bool IsNamed => Name[0] != '_';

    /// <summary>Annotations for the streaming backend.</summary>
    public FieldAnnotations Annotations { get; init; } = FieldAnnotations.None;
}
