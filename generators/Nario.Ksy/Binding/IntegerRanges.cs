using System.Numerics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Model;

namespace Nario.Ksy.Binding;

/// <summary>Which integers an operation can give, before anything wraps around.</summary>
internal static class IntegerRanges
{
    private const int WordBits = 64;

    private static readonly Interval AnyWord = new(long.MinValue, ulong.MaxValue);

    /// <summary>Gets the results of an operation that has integers on both sides and gives one.</summary>
    public static Interval Of(BinaryOperator operation, Interval left, Interval right) => operation switch
    {
        BinaryOperator.Add => new Interval(left.Low + right.Low, left.High + right.High),
        BinaryOperator.Subtract => new Interval(left.Low - right.High, left.High - right.Low),
        BinaryOperator.Multiply => Corners(left, right, static (a, b) => a * b),
        BinaryOperator.Divide => Divide(left, right),
        BinaryOperator.Modulo => Modulo(left, right),
        BinaryOperator.BitAnd when left.Low >= 0 && right.Low >= 0 =>
            new Interval(0, BigInteger.Min(left.High, right.High)),
        BinaryOperator.BitAnd when left.Low >= 0 => new Interval(0, left.High),
        BinaryOperator.BitAnd when right.Low >= 0 => new Interval(0, right.High),
        BinaryOperator.BitAnd or BinaryOperator.BitOr or BinaryOperator.BitXor => Bits(left, right),
        BinaryOperator.ShiftLeft when right.Low >= 0 && right.High < WordBits =>
            Corners(left, right, static (a, b) => a << (int)b),
        BinaryOperator.ShiftLeft => left.Low >= 0 ? new Interval(0, ulong.MaxValue) : AnyWord,
        BinaryOperator.ShiftRight when right.Low >= 0 && right.High < WordBits =>
            Corners(left, right, static (a, b) => a >> (int)b),
        BinaryOperator.ShiftRight => left.Union(Interval.Of(0)),
        _ => throw Unreachable.Case(operation),
    };

    /// <summary>Gets the results of a unary operation on integers.</summary>
    public static Interval Of(UnaryOperator operation, Interval operand) => operation switch
    {
        UnaryOperator.Plus => operand,
        UnaryOperator.Minus => new Interval(-operand.High, -operand.Low),
        UnaryOperator.Complement => new Interval(-1 - operand.High, -1 - operand.Low),
        _ => throw Unreachable.Case(operation),
    };

    private static Interval Corners(Interval left, Interval right, Func<BigInteger, BigInteger, BigInteger> operation)
    {
        BigInteger[] corners =
        [
            operation(left.Low, right.Low),
            operation(left.Low, right.High),
            operation(left.High, right.Low),
            operation(left.High, right.High),
        ];
        return new Interval(corners.Min(), corners.Max());
    }

    /// <summary>Division rounds down; one by 0 gives nothing.</summary>
    private static Interval Divide(Interval left, Interval right)
    {
        if (right.Low > 0 || right.High < 0)
        {
            return Corners(left, right, Floor);
        }

        BigInteger most = BigInteger.Max(BigInteger.Abs(left.Low), BigInteger.Abs(left.High));
        return left.Low >= 0 && right.Low >= 0 ? new Interval(0, most) : new Interval(-most, most);
    }

    /// <summary>A remainder has the sign of the divisor.</summary>
    private static Interval Modulo(Interval left, Interval right)
    {
        if (left.Low >= 0 && right.Low >= 0)
        {
            return new Interval(0, BigInteger.Max(0, BigInteger.Min(left.High, right.High - 1)));
        }

        return new Interval(
            right.Low < 0 ? right.Low + 1 : 0,
            right.High > 0 ? right.High - 1 : 0);
    }

    private static Interval Bits(Interval left, Interval right)
    {
        Interval both = left.Union(right);
        BigInteger span = BigInteger.One;
        while (span - 1 < both.High || -span > both.Low)
        {
            span <<= 1;
        }

        return new Interval(both.Low < 0 ? -span : 0, span - 1);
    }

    private static BigInteger Floor(BigInteger left, BigInteger right)
    {
        BigInteger quotient = BigInteger.DivRem(left, right, out BigInteger remainder);
        return !remainder.IsZero && (remainder.Sign < 0) != (right.Sign < 0) ? quotient - 1 : quotient;
    }
}
