namespace Nario.Ksy.Model;

/// <summary>Methods and properties of values, by the type of their target.</summary>
public enum BoundMethod
{
    /// <summary>Integer to string in base 10.</summary>
    IntegerToString,

    /// <summary>Floating-point number to integer, towards zero.</summary>
    FloatToInteger,

    /// <summary>Floating-point number to string.</summary>
    FloatToString,

    /// <summary>Number of characters of a string: Unicode code points.</summary>
    StringLength,

    /// <summary>The characters of a string in reverse.</summary>
    StringReverse,

    /// <summary><c>substring(from, to)</c>: characters from one index up to but not including another.</summary>
    StringSubstring,

    /// <summary>
    /// String to integer; the only argument, when there, is the base. Anything but digits of it, with a sign or not, is a
    /// conversion error.
    /// </summary>
    StringToInteger,

    /// <summary>Number of bytes.</summary>
    BytesLength,

    /// <summary>The first byte.</summary>
    BytesFirst,

    /// <summary>The last byte.</summary>
    BytesLast,

    /// <summary>The least byte.</summary>
    BytesMinimum,

    /// <summary>The greatest byte.</summary>
    BytesMaximum,

    /// <summary>Bytes to string; the argument is a <see cref="StringConstant"/>, the encoding.</summary>
    BytesToString,

    /// <summary>The first element.</summary>
    ArrayFirst,

    /// <summary>The last element.</summary>
    ArrayLast,

    /// <summary>Number of elements.</summary>
    ArraySize,

    /// <summary>The least element.</summary>
    ArrayMinimum,

    /// <summary>The greatest element.</summary>
    ArrayMaximum,

    /// <summary>Enumeration to integer.</summary>
    EnumToInteger,

    /// <summary>Truth value to 1 or 0.</summary>
    BooleanToInteger,

    /// <summary>Position in a stream, in bytes from its start.</summary>
    IoPosition,

    /// <summary>Size of a stream in bytes.</summary>
    IoSize,

    /// <summary>Whether a stream is at its end; bits left of a byte are not.</summary>
    IoIsAtEnd,
}
