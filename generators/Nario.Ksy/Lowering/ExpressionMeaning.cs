namespace Nario.Ksy.Lowering;

/// <summary>An expression that stands for the name: an argument, a value instance.</summary>
internal sealed record ExpressionMeaning(TypedValue Value) : Meaning;
