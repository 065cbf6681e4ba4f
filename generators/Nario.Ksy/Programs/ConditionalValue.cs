namespace Nario.Ksy.Programs;

/// <summary>One of two integers.</summary>
public sealed record ConditionalValue(Value Condition, Value WhenTrue, Value WhenFalse) : Value;
