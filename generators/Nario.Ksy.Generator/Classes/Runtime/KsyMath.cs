using System;

namespace Nario.Ksy.Runtime;

/// <summary>Arithmetic of the language: division and remainder are floored, shifts by any number of bits.</summary>
internal static class KsyMath
{
    public static int Divide(int left, int right, string path) => (int)Divide((long)left, right, path);

    public static int Modulo(int left, int right, string path) => (int)Modulo((long)left, right, path);

    public static long Divide(long left, long right, string path)
    {
        if (right is 0 or -1)
        {
            return right == 0 ? throw ByZero(path) : unchecked(-left);
        }

        long quotient = left / right;
        return left % right != 0 && (left < 0) != (right < 0) ? quotient - 1 : quotient;
    }

    public static long Modulo(long left, long right, string path)
    {
        if (right is 0 or -1)
        {
            return right == 0 ? throw ByZero(path) : 0;
        }

        long remainder = left % right;
        return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder;
    }

    public static ulong Divide(ulong left, ulong right, string path) => right == 0 ? throw ByZero(path) : left / right;

    public static ulong Modulo(ulong left, ulong right, string path) => right == 0 ? throw ByZero(path) : left % right;

    public static int ShiftLeft(int value, long count) => (int)ShiftLeft((long)value, count);

    public static long ShiftLeft(long value, long count) => count is < 0 or > 63 ? 0 : value << (int)count;

    public static ulong ShiftLeft(ulong value, long count) => count is < 0 or > 63 ? 0 : value << (int)count;

    public static int ShiftRight(int value, long count) => (int)ShiftRight((long)value, count);

    public static long ShiftRight(long value, long count) => value >> (int)(count is < 0 or > 63 ? 63 : count);

    public static ulong ShiftRight(ulong value, long count) => count is < 0 or > 63 ? 0 : value >> (int)count;

    /// <summary>Takes a number without sign as a size or a count; too large a one fails where it is used.</summary>
    public static long Size(ulong value) => value > long.MaxValue ? long.MaxValue : (long)value;

    /// <summary>Cuts off the fraction; what no integer holds is an error.</summary>
    public static long Truncate(double value, string path) =>
        value is >= -9223372036854775808.0 and < 9223372036854775808.0
            ? (long)value
            : throw KsyErrors.Create(KsyErrorKind.Conversion, 0, path, "a number of 64 bits", KsyText.Show(value));

    private static Exception ByZero(string path) =>
        KsyErrors.Create(KsyErrorKind.DivisionByZero, 0, path, "a divisor", "0");
}
