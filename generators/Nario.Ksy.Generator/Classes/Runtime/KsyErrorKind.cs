namespace Nario.Ksy.Runtime;

/// <summary>What is wrong with an input.</summary>
public enum KsyErrorKind
{
    /// <summary>The input, or the stated size of a part of it, ends too early.</summary>
    EndOfStream,

    /// <summary>A value is not the one that is stated.</summary>
    ValidationNotEqual,

    /// <summary>A value is less than allowed.</summary>
    ValidationLessThan,

    /// <summary>A value is greater than allowed.</summary>
    ValidationGreaterThan,

    /// <summary>A value is none of those that are allowed.</summary>
    ValidationNotAnyOf,

    /// <summary>A value has no label in its enumeration.</summary>
    ValidationNotInEnum,

    /// <summary>A value does not fulfil its condition.</summary>
    ValidationExpr,

    /// <summary>Text is no number, or a number has no such value.</summary>
    Conversion,

    /// <summary>No case decides the order of the bytes.</summary>
    UndecidedEndianness,

    /// <summary>An index, a position or a length lies outside of what it refers to.</summary>
    OutOfRange,

    /// <summary>A number is divided by zero.</summary>
    DivisionByZero,

    /// <summary>A value is used that is absent, not read, or of another type.</summary>
    Absent,

    /// <summary>Compressed or otherwise processed bytes are broken.</summary>
    Process,

    /// <summary>Objects contain each other too deeply, or a list has too many empty elements.</summary>
    Limit,

    /// <summary>
    /// The input is not wrong, but more than this program can hold, or in an encoding that it does not know.
    /// </summary>
    Unsupported,
}
