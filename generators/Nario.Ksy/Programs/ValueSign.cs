namespace Nario.Ksy.Programs;

/// <summary>Says as which of the two 64-bit integers a value is worked out.</summary>
public static class ValueSign
{
    /// <summary>
    /// Whether an integer is worked out without sign: where no operand is of a type with one, and nothing on the way can be
    /// negative.
    /// </summary>
    public static bool IsUnsigned(Value value) =>
        value switch
        {
            IntegerValue integer => integer.Number.Sign >= 0,
            SlotValue slot => !slot.Slot.IsSigned,
            ArithmeticValue operation => operation.Range.IsUnsigned
                && IsUnsigned(operation.Left)
                && IsUnsigned(operation.Right),
            ConditionalValue conditional => IsUnsigned(conditional.WhenTrue) && IsUnsigned(conditional.WhenFalse),
            _ => true,
        };
}
