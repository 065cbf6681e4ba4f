using Nario.Ksy.Syntax;

namespace Nario.Fuzz.Rules;

/// <summary>The first rule of a specification that an input does not obey.</summary>
/// <param name="Type">The type that has the rule.</param>
/// <param name="Field">The field of that type.</param>
/// <param name="Rule">The rule.</param>
/// <param name="End">Where the field ends: nothing behind it has to be read to know that the rule is broken.</param>
internal sealed record BrokenRule(SpecType Type, AttributeSyntax Field, string Rule, int End)
{
    /// <summary>The rule that an input holds all that was begun.</summary>
    public const string Completeness = "complete";

    /// <inheritdoc/>
    public override string ToString() => $"{Type.Name}/{Field.Id?.Text}: {Rule}, before {End}";
}
