using System.Numerics;

namespace Nario.Ksy.Model;

/// <summary>
/// What a value is once it is read or computed; how it lies in the input is its <see cref="Layout"/>. The hierarchy is
/// closed: a dispatch names every case and throws for any other.
/// </summary>
public abstract record DataType;

/// <summary>An integer.</summary>
/// <param name="Width">
/// Bytes that hold it in memory: 1, 2, 4 or 8. A field has the width that it is declared with, a field of bits the
/// smallest that suffices; the result of a computation has 4 or 8.
/// </param>
/// <param name="IsSigned">
/// Whether these bytes have a sign. The result of a computation has one, unless only 64 bits without sign hold it.
/// </param>
/// <param name="Range">
/// The integers that it can be, always among those that <see cref="Width"/> and <see cref="IsSigned"/> hold. A
/// computation that could leave 64 bits wraps around (modulo 2^64), and its range is the whole of them.
/// </param>
public sealed record IntegerType(int Width, bool IsSigned, Interval Range) : DataType
{
    /// <summary>Gets the integers of a width, all of them.</summary>
    public static IntegerType OfWidth(int bytes, bool signed) => new(bytes, signed, Interval.OfWidth(bytes, signed));

    /// <summary>Gets the type of <paramref name="bits"/> bits without sign, 1 to 64.</summary>
    public static IntegerType OfBits(int bits) => new(
        bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8,
        false,
        new Interval(0, (BigInteger.One << bits) - 1));

    /// <summary>Gets the type of a computation with results in <paramref name="range"/>.</summary>
    public static IntegerType OfComputation(Interval range) =>
        range.Low >= int.MinValue && range.High <= int.MaxValue ? new(4, true, range)
        : range.IsSigned ? new(8, true, range)
        : range.IsUnsigned ? new(8, false, range)
        : OfWidth(8, signed: range.Low < 0);
}

/// <summary>A floating-point number of 4 or 8 bytes (IEEE 754).</summary>
public sealed record FloatType(int Width) : DataType;

/// <summary>A truth value.</summary>
public sealed record BooleanType : DataType;

/// <summary>Bytes.</summary>
public sealed record BytesType : DataType;

/// <summary>A string of Unicode characters.</summary>
public sealed record StringType : DataType;

/// <summary>An enumeration's value, known or not.</summary>
/// <param name="Id">The enumeration.</param>
/// <param name="Underlying">The integers that it can be here.</param>
public sealed record EnumType(EnumId Id, IntegerType Underlying) : DataType;

/// <summary>An object of a type that a specification of the model declares.</summary>
public sealed record StructType(TypeId Id) : DataType;

/// <summary>
/// An object of a type that no specification declares (<c>ks-opaque-types</c>); the user's program has it. Names as
/// written.
/// </summary>
public sealed record OpaqueType(ValueList<string> Name) : DataType;

/// <summary>An object of any user-defined type; it has no members of its own but <c>_parent</c> and <c>_io</c>.</summary>
public sealed record AnyStructType : DataType;

/// <summary>A value of which nothing is known: what a switch between unlike types gives.</summary>
public sealed record AnyType : DataType;

/// <summary>A list.</summary>
public sealed record ArrayType(DataType Element) : DataType;

/// <summary>A stream.</summary>
public sealed record IoType : DataType;
