using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Model;

/// <summary>
/// How one value (for a repeated field one element) lies in the input. The hierarchy is closed: a dispatch names every
/// case and throws for any other.
/// </summary>
public abstract record Layout
{
    /// <summary>The type of the value that is read.</summary>
    public abstract DataType Type { get; }
}

/// <summary>An integer of whole bytes.</summary>
/// <param name="Width">1, 2, 4 or 8 bytes.</param>
/// <param name="IsSigned">Whether it has a sign (two's complement).</param>
/// <param name="Order">Its byte order; <see cref="ByteOrder.None"/> for a single byte.</param>
/// <param name="Enum">The enumeration whose value it is, or null.</param>
public sealed record IntegerLayout(int Width, bool IsSigned, ByteOrder Order, EnumId? Enum) : Layout
{
    /// <inheritdoc/>
    public override DataType Type => Layouts.Enumerated(IntegerType.OfWidth(Width, IsSigned), Enum);
}

/// <summary>A floating-point number of 4 or 8 bytes.</summary>
public sealed record FloatLayout(int Width, ByteOrder Order) : Layout
{
    /// <inheritdoc/>
    public override DataType Type => new FloatType(Width);
}

/// <summary>Bits, which need not begin or end at a byte's boundary.</summary>
/// <param name="Width">1 to 64.</param>
/// <param name="Order">From which end of a byte they are taken.</param>
/// <param name="IsBoolean">Whether it is one bit that gives a truth value; never together with an enumeration.</param>
/// <param name="Enum">The enumeration whose value they are, or null.</param>
public sealed record BitsLayout(int Width, BitOrder Order, bool IsBoolean, EnumId? Enum) : Layout
{
    /// <inheritdoc/>
    public override DataType Type =>
        IsBoolean ? new BooleanType() : Layouts.Enumerated(IntegerType.OfBits(Width), Enum);
}

/// <summary>Exactly these bytes; any others are an error.</summary>
public sealed record ContentsLayout(ValueList<byte> Bytes) : Layout
{
    /// <inheritdoc/>
    public override DataType Type => new BytesType();
}

/// <summary>Bytes.</summary>
/// <param name="Extent">Where they end.</param>
/// <param name="Process">What turns the bytes of the input into the value, or null.</param>
public sealed record BytesLayout(Extent Extent, Process? Process) : Layout
{
    /// <inheritdoc/>
    public override DataType Type => new BytesType();
}

/// <summary>Bytes that are text.</summary>
/// <param name="Extent">Where they end.</param>
/// <param name="Process">What turns the bytes of the input into the bytes of the text, or null.</param>
/// <param name="Encoding">Name of the encoding, in the language's canonical spelling where it has one.</param>
public sealed record StringLayout(Extent Extent, Process? Process, string Encoding) : Layout
{
    /// <inheritdoc/>
    public override DataType Type => new StringType();
}

/// <summary>An object of a user-defined type.</summary>
/// <param name="Id">The type.</param>
/// <param name="Arguments">One for each of its parameters, already of their types.</param>
/// <param name="Extent">
/// When not null, these bytes are a stream of their own, from which the object is read; else it is read in place.
/// </param>
/// <param name="Process">What turns the bytes of the input into that stream, or null. Needs an extent.</param>
/// <param name="Parent">The object's <c>_parent</c>: the object that has the field unless <c>parent</c> says otherwise.</param>
public sealed record StructLayout(
    TypeId Id,
    ValueList<BoundExpression> Arguments,
    Extent? Extent,
    Process? Process,
    ParentLink Parent) : Layout
{
    /// <inheritdoc/>
    public override DataType Type => new StructType(Id);
}

/// <summary>An object of a type that the user's program has; it is given the stream and the arguments, no parent.</summary>
/// <param name="Name">The type, as written.</param>
/// <param name="Arguments">What the type is given.</param>
/// <param name="Extent">The bytes that are its stream, or null when it is read in place.</param>
/// <param name="Process">What turns the bytes of the input into that stream, or null.</param>
public sealed record OpaqueLayout(
    ValueList<string> Name,
    ValueList<BoundExpression> Arguments,
    Extent? Extent,
    Process? Process) : Layout
{
    /// <inheritdoc/>
    public override DataType Type => new OpaqueType(Name);
}

/// <summary>One of several layouts, by a value.</summary>
/// <param name="On">The value.</param>
/// <param name="Cases">
/// Compared in turn; the default, which has no value, is the last if there is one. When none fits, bytes with
/// <paramref name="Fallback"/> are read, or, when that is null, nothing is, and the value is absent.
/// </param>
/// <param name="Fallback">
/// The bytes that are read when no case fits: there when the field has a size and the cases have no default.
/// </param>
/// <param name="Common">
/// What the values of all cases are: one type where they are alike, the widest of some integers, else
/// <see cref="AnyStructType"/> for objects and <see cref="AnyType"/> for a mixture.
/// </param>
public sealed record SwitchLayout(
    BoundExpression On,
    ValueList<SwitchCase> Cases,
    BytesLayout? Fallback,
    DataType Common) : Layout
{
    /// <inheritdoc/>
    public override DataType Type => Common;

    /// <summary>Whether some values of <see cref="On"/> read nothing, so that the value can be absent.</summary>
    public bool CanBeAbsent => Fallback is null && !Cases.Any(static item => item.Value is null);
}

/// <summary>A case of a <see cref="SwitchLayout"/>.</summary>
/// <param name="Value">What the switch's value is compared with; null for the default.</param>
/// <param name="Layout">What is read then; never a switch.</param>
/// <param name="Span">Where the case's value stands.</param>
public sealed record SwitchCase(BoundExpression? Value, Layout Layout, SourceSpan Span)
{
    /// <summary>The last part of the type's name as written, which can name what is made of the case.</summary>
    public string TypeName { get; init; } = "";
}

/// <summary>What becomes the parent of an object.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Expression">The object that <c>parent: expression</c> names; else null.</param>
public sealed record ParentLink(ParentKind Kind, BoundExpression? Expression)
{
    /// <summary>The object that has the field.</summary>
    public static ParentLink This { get; } = new(ParentKind.This, null);

    /// <summary>No object: <c>parent: false</c>.</summary>
    public static ParentLink None { get; } = new(ParentKind.None, null);
}

internal static class Layouts
{
    public static DataType Enumerated(IntegerType integer, EnumId? id) =>
        id is null ? integer : new EnumType(id, integer);
}
