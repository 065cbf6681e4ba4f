using Nario.Ksy.Expressions;

namespace Nario.Ksy.Programs;

/// <summary>A comparison of two integers, or of two byte strings in unsigned byte order.</summary>
public sealed record ComparisonValue(BinaryOperator Operator, Value Left, Value Right, bool OfBytes) : Value;
