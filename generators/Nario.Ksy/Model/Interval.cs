using System.Numerics;

namespace Nario.Ksy.Model;

/// <summary>
/// The integers from <paramref name="Low"/> to <paramref name="High"/>, both included: what a value can be.
/// </summary>
public readonly record struct Interval(BigInteger Low, BigInteger High)
{
    /// <summary>The integers that fit an unsigned or signed field of <paramref name="bytes"/> bytes.</summary>
    public static Interval OfWidth(int bytes, bool signed)
    {
        BigInteger span = BigInteger.One << (8 * bytes);
        return signed ? new Interval(-span / 2, (span / 2) - 1) : new Interval(0, span - 1);
    }

    /// <summary>One integer only.</summary>
    public static Interval Of(BigInteger value) => new(value, value);

    /// <summary>Whether every member fits an unsigned 64-bit integer.</summary>
    public bool IsUnsigned => Low >= 0 && High <= ulong.MaxValue;

    /// <summary>Whether every member fits a signed 64-bit integer.</summary>
    public bool IsSigned => Low >= long.MinValue && High <= long.MaxValue;

    /// <summary>The members that are in both; <paramref name="other"/> when there is none.</summary>
    public Interval Intersect(Interval other)
    {
        Interval both = new(BigInteger.Max(Low, other.Low), BigInteger.Min(High, other.High));
        return both.Low <= both.High ? both : other;
    }

    /// <summary>The smallest interval that holds both.</summary>
    public Interval Union(Interval other) => new(BigInteger.Min(Low, other.Low), BigInteger.Max(High, other.High));
}
