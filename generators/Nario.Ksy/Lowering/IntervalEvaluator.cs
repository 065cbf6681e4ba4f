using System.Numerics;
using System.Text;
using Nario.Ksy.Expressions;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>Works out how large records can be, given what is known of their parameters.</summary>
internal sealed class IntervalEvaluator
{
    private readonly Dictionary<Slot, Interval> _known = [];

    /// <summary>Gets the largest encoding of a record in bytes.</summary>
    public static BigInteger LargestSize(RecordProgram record, IReadOnlyList<Interval> arguments)
    {
        IntervalEvaluator evaluator = new();
        for (int index = 0; index < arguments.Count && index < record.Parameters.Count; index++)
        {
            evaluator._known[record.Parameters[index]] = arguments[index];
        }

        return evaluator.Sum(record.Steps);
    }

    /// <summary>Gets the largest encoding of a step that stands alone.</summary>
    public static BigInteger LargestSize(Step step, IEnumerable<CheckStep> checks)
    {
        IntervalEvaluator evaluator = new();
        foreach (CheckStep check in checks)
        {
            evaluator.Assume(check.Condition);
        }

        return evaluator.Size(step);
    }

    /// <summary>Says what a slot holds, where more is known of it than its range.</summary>
    public void Know(Slot slot, Interval interval) => _known[slot] = interval;

    public Interval Evaluate(Value value) =>
        value switch
        {
            IntegerValue integer => Interval.Of(integer.Number),
            SlotValue slot => _known.TryGetValue(slot.Slot, out Interval known) ? known : slot.Slot.Range,
            ArithmeticValue operation => ExpressionLowerer.Combine(
                operation.Operator,
                Evaluate(operation.Left),
                Evaluate(operation.Right)) ?? operation.Range,
            ConditionalValue conditional => Evaluate(conditional.WhenTrue).Union(Evaluate(conditional.WhenFalse)),
            _ => new Interval(0, int.MaxValue),
        };

    private BigInteger Sum(IReadOnlyList<Step> steps)
    {
        // What a later check says of a number bounds the fields that come after the check.
        BigInteger sum = 0;
        foreach (Step step in steps)
        {
            if (step is CheckStep check)
            {
                Assume(check.Condition);
            }

            sum += Size(step);
        }

        return sum;
    }

    private BigInteger Size(Step step) =>
        step switch
        {
            ConstantStep constant => constant.Bytes.Count,
            NumberStep number => number.Width,
            BytesStep bytes => Evaluate(bytes.Size).High,
            ChoiceStep choice => BigInteger.Min(
                Evaluate(choice.Size).High,
                choice.Slot.Enumeration!.Members.Max(member => Encoding.UTF8.GetByteCount(member.Label))),
            PaddingStep padding => Evaluate(padding.Count).High,
            RecordStep record => LargestSize(record.Slot.Record!, record.Arguments.Select(Evaluate).ToArray()),
            OptionalStep optional => Sum(optional.Steps),
            _ => 0,
        };

    private void Assume(Value condition)
    {
        if (condition is LogicalValue { IsAnd: true } both)
        {
            Assume(both.Left);
            Assume(both.Right);
        }
        else if (condition is ComparisonValue { OfBytes: false, Left: SlotValue slot } comparison)
        {
            Interval bound = Evaluate(comparison.Right);
            Interval current = Evaluate(slot);
            _known[slot.Slot] = comparison.Operator switch
            {
                BinaryOperator.LessOrEqual => current.Intersect(new Interval(current.Low, bound.High)),
                BinaryOperator.GreaterOrEqual => current.Intersect(new Interval(bound.Low, current.High)),
                BinaryOperator.Equal => current.Intersect(bound),
                _ => current,
            };
        }
    }
}
