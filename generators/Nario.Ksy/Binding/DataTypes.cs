using Nario.Ksy.Model;

namespace Nario.Ksy.Binding;

/// <summary>What the language says of types of values: what goes together, and how messages call them.</summary>
internal static class DataTypes
{
    /// <summary>The type of counts and indexes.</summary>
    public static readonly IntegerType Count = IntegerType.OfComputation(new Interval(0, int.MaxValue));

    /// <summary>The type of positions and sizes in a stream.</summary>
    public static readonly IntegerType Position = IntegerType.OfComputation(new Interval(0, long.MaxValue));

    /// <summary>The type of one byte.</summary>
    public static readonly IntegerType Byte = IntegerType.OfWidth(1, signed: false);

    /// <summary>The type of an integer of which nothing is known.</summary>
    public static readonly IntegerType Word = IntegerType.OfWidth(8, signed: true);

    /// <summary>Gets the type of values that are of either type; null when there is none.</summary>
    public static DataType? Common(DataType left, DataType right) => (left, right) switch
    {
        _ when left == right => left,
        (IntegerType one, IntegerType other) when one.Width == other.Width && one.IsSigned == other.IsSigned =>
            one with { Range = one.Range.Union(other.Range) },
        (IntegerType one, IntegerType other) => IntegerType.OfComputation(one.Range.Union(other.Range)),
        (IntegerType or FloatType, IntegerType or FloatType) => new FloatType(8),
        (EnumType one, EnumType other) when one.Id == other.Id =>
            one with { Underlying = (IntegerType)Common(one.Underlying, other.Underlying)! },
        (StructType or AnyStructType or OpaqueType, StructType or AnyStructType or OpaqueType) => new AnyStructType(),
        (ArrayType one, ArrayType other) when Common(one.Element, other.Element) is { } element =>
            new ArrayType(element),
        _ => null,
    };

    /// <summary>Whether two values can be compared for equality, and if <paramref name="ordered"/> for order.</summary>
    public static bool AreComparable(DataType left, DataType right, bool ordered) => (left, right) switch
    {
        (IntegerType or FloatType, IntegerType or FloatType) => true,
        (StringType, StringType) or (BytesType, BytesType) => true,
        (BooleanType, BooleanType) => !ordered,
        (EnumType one, EnumType other) => !ordered && one.Id == other.Id,
        (StructType or AnyStructType or OpaqueType, StructType or AnyStructType or OpaqueType) => !ordered,
        (AnyType, AnyType) or (IoType, IoType) => !ordered,
        (ArrayType one, ArrayType other) => !ordered && AreComparable(one.Element, other.Element, ordered: false),
        _ => false,
    };

    /// <summary>Whether a value of one type can be given where another is wanted.</summary>
    public static bool IsAssignable(DataType from, DataType to) => (from, to) switch
    {
        _ when from == to => true,
        (_, AnyType) => true,
        (IntegerType, IntegerType or FloatType) or (FloatType, FloatType) => true,
        (EnumType one, EnumType other) => one.Id == other.Id,
        (StructType or OpaqueType, AnyStructType) => true,
        (ArrayType one, ArrayType other) => IsAssignable(one.Element, other.Element),
        _ => false,
    };

    /// <summary>Gets a type as messages call it.</summary>
    public static string Describe(DataType type) => type switch
    {
        IntegerType => "an integer",
        FloatType => "a floating-point number",
        BooleanType => "a condition",
        BytesType => "bytes",
        StringType => "a string",
        EnumType item => $"a value of the enumeration '{item.Id.Name}'",
        StructType item => $"an object of type '{item.Id.Name}'",
        OpaqueType item => $"an object of type '{string.Join("::", item.Name)}'",
        AnyStructType => "an object of an unknown type",
        AnyType => "a value of an unknown type",
        ArrayType => "a list",
        IoType => "a stream",
        _ => throw Unreachable.Case(type),
    };
}
