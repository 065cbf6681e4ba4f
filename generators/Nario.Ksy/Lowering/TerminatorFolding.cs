using Nario.Ksy.Expressions;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>
/// Turns bytes that end before a terminator, but must be as long as their field, into bytes without the terminator: then
/// one look at them is enough, and their length follows from them.
/// </summary>
internal static class TerminatorFolding
{
    /// <summary>Gets what a step can be replaced by; it itself unless it is as said.</summary>
    /// <param name="step">The step.</param>
    /// <param name="checks">What must hold of its value; changed along with it.</param>
    public static Step Fold(Step step, List<CheckStep> checks)
    {
        if (step is not BytesStep { Terminator: { } terminator } bytes)
        {
            return step;
        }

        int index = checks.FindIndex(check => Conjuncts(check.Condition).Any(condition => StatesLength(condition, bytes)));
        if (index < 0)
        {
            return step;
        }

        List<Value> rest = [];
        bool isWithoutZeros = terminator == 0;
        foreach (Value condition in Conjuncts(checks[index].Condition))
        {
            if (StatesNoZeros(condition, bytes.Slot))
            {
                isWithoutZeros = true;
            }
            else if (!StatesLength(condition, bytes))
            {
                rest.Add(condition);
            }
        }

        byte[] excluded = isWithoutZeros && terminator != 0 ? [terminator, 0] : [terminator];
        Value all = rest.Aggregate(
            (Value)new ExclusionValue(new SlotValue(bytes.Slot), excluded),
            static (left, right) => new LogicalValue(true, left, right));
        checks[index] = checks[index] with { Condition = all };
        return bytes with { Terminator = null };
    }

    private static IEnumerable<Value> Conjuncts(Value condition) =>
        condition is LogicalValue { IsAnd: true } both ? Conjuncts(both.Left).Concat(Conjuncts(both.Right)) : [condition];

    private static bool StatesLength(Value condition, BytesStep bytes) =>
        condition is ComparisonValue
        {
            Operator: BinaryOperator.Equal,
            Left: LengthValue { Bytes: SlotValue { Slot: var slot } }
        } equal
        && slot == bytes.Slot
        && equal.Right == bytes.Size;

    private static bool StatesNoZeros(Value condition, Slot bytes) =>
        condition is ComparisonValue
        {
            Operator: BinaryOperator.Greater,
            Left: LeastByteValue { Bytes: SlotValue { Slot: var slot } },
            Right: IntegerValue { Number.IsZero: true }
        }
        && slot == bytes;
}
