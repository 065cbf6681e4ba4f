using Nario.Ksy.Expressions;

namespace Nario.Ksy.Generator.Classes;

/// <summary>How C# writes the operators of the language.</summary>
internal static class Operators
{
    public static (string Symbol, Precedence Precedence) Of(BinaryOperator operation) => operation switch
    {
        BinaryOperator.Or => ("||", Precedence.Or),
        BinaryOperator.And => ("&&", Precedence.And),
        BinaryOperator.Equal => ("==", Precedence.Equality),
        BinaryOperator.NotEqual => ("!=", Precedence.Equality),
        BinaryOperator.Less => ("<", Precedence.Relational),
        BinaryOperator.LessOrEqual => ("<=", Precedence.Relational),
        BinaryOperator.Greater => (">", Precedence.Relational),
        BinaryOperator.GreaterOrEqual => (">=", Precedence.Relational),
        BinaryOperator.BitOr => ("|", Precedence.BitOr),
        BinaryOperator.BitXor => ("^", Precedence.BitXor),
        BinaryOperator.BitAnd => ("&", Precedence.BitAnd),
        BinaryOperator.ShiftLeft => ("<<", Precedence.Shift),
        BinaryOperator.ShiftRight => (">>", Precedence.Shift),
        BinaryOperator.Add => ("+", Precedence.Additive),
        BinaryOperator.Subtract => ("-", Precedence.Additive),
        BinaryOperator.Multiply => ("*", Precedence.Multiplicative),
        BinaryOperator.Divide => ("/", Precedence.Multiplicative),
        BinaryOperator.Modulo => ("%", Precedence.Multiplicative),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };
}
