using Nario.Ksy.Expressions;
using Nario.Ksy.Model;

namespace Nario.Ksy.Programs;

/// <summary>An arithmetic operation on integers, and which integers it can give.</summary>
public sealed record ArithmeticValue(BinaryOperator Operator, Value Left, Value Right, Interval Range) : Value;
