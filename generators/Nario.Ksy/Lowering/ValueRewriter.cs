using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>Replaces slots in a value by other values.</summary>
internal static class ValueRewriter
{
    /// <summary>
    /// Gets the value with every slot for which <paramref name="replace"/> gives a value replaced by it.
    /// </summary>
    public static Value Rewrite(Value value, Func<Slot, Value?> replace)
    {
        Value Inner(Value part) => Rewrite(part, replace);
        return value switch
        {
            SlotValue slot => replace(slot.Slot) ?? value,
            ArithmeticValue operation => operation with
            {
                Left = Inner(operation.Left),
                Right = Inner(operation.Right),
            },
            ComparisonValue comparison => comparison with
            {
                Left = Inner(comparison.Left),
                Right = Inner(comparison.Right),
            },
            LogicalValue logical => logical with { Left = Inner(logical.Left), Right = Inner(logical.Right) },
            NotValue not => new NotValue(Inner(not.Operand)),
            LengthValue length => new LengthValue(Inner(length.Bytes)),
            LeastByteValue least => new LeastByteValue(Inner(least.Bytes)),
            ExclusionValue exclusion => exclusion with { Bytes = Inner(exclusion.Bytes) },
            ConditionalValue conditional => new ConditionalValue(
                Inner(conditional.Condition),
                Inner(conditional.WhenTrue),
                Inner(conditional.WhenFalse)),
            _ => value,
        };
    }
}
