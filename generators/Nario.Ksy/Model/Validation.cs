namespace Nario.Ksy.Model;

/// <summary>
/// What must hold of a field's value, or of every element of a repeated field. The hierarchy is closed: a dispatch
/// names every case and throws for any other.
/// </summary>
public abstract record Validation;

/// <summary>Equal to a value.</summary>
public sealed record EqualValidation(BoundExpression Value) : Validation;

/// <summary>Not less than one value and not greater than another; either may be null, not both.</summary>
public sealed record RangeValidation(BoundExpression? Minimum, BoundExpression? Maximum) : Validation;

/// <summary>Equal to one of some values, at least one.</summary>
public sealed record AnyOfValidation(ValueList<BoundExpression> Values) : Validation;

/// <summary>A value that the field's enumeration has a label for.</summary>
public sealed record MemberValidation : Validation;

/// <summary>A condition; <see cref="ItemReference"/> in it is the value.</summary>
public sealed record ConditionValidation(BoundExpression Condition) : Validation;
