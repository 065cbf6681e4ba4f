namespace Nario.Ksy.Programs;

/// <summary>Both, or one of two conditions.</summary>
public sealed record LogicalValue(bool IsAnd, Value Left, Value Right) : Value;
