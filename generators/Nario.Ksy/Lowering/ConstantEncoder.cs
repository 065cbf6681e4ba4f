using System.Numerics;
using System.Text;
using Nario.Ksy.Expressions;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>Works out encodings that one choice settles.</summary>
internal static class ConstantEncoder
{
    /// <summary>How many bytes the encodings of a record have together at most; they become part of the program.</summary>
    private const int LargestTotal = 4096;

    /// <summary>
    /// Gets the bytes of a record whose only value is a choice, for each of its members; null when they depend on more
    /// than that, when a check of the record might refuse them, or when they are many.
    /// </summary>
    public static IReadOnlyDictionary<long, IReadOnlyList<byte>>? Encode(RecordProgram record)
    {
        if (record.Parameters.Count > 0
            || record.Values.Count != 1
            || record.Values[0] is not { Kind: SlotKind.Choice } choice)
        {
            return null;
        }

        Dictionary<long, IReadOnlyList<byte>> encodings = [];
        int total = 0;
        foreach (EnumerationMember member in choice.Enumeration!.Members)
        {
            if (Encode(record, choice, member) is not { } bytes || (total += bytes.Count) > LargestTotal)
            {
                return null;
            }

            encodings.Add(member.Value, bytes);
        }

        return encodings;
    }

    private static List<byte>? Encode(RecordProgram record, Slot choice, EnumerationMember member)
    {
        byte[] text = Encoding.UTF8.GetBytes(member.Label);
        IntervalEvaluator evaluator = new();
        evaluator.Know(choice, Interval.Of(member.Value));
        foreach (KeyValuePair<Slot, Slot> derived in record.Derived)
        {
            evaluator.Know(derived.Key, Interval.Of(text.Length));
        }

        List<byte> bytes = [];
        foreach (Step step in record.Steps)
        {
            switch (step)
            {
                case ConstantStep constant:
                    bytes.AddRange(constant.Bytes);
                    break;
                case NumberStep { Slot: var length } number
                    when record.Derived.ContainsKey(length) && text.Length <= length.Range.High:
                    IEnumerable<byte> digits = Enumerable
                        .Range(0, number.Width)
                        .Select(index => (byte)((long)text.Length >> (8 * index)));
                    bytes.AddRange(number.IsBigEndian ? digits.Reverse() : digits);
                    break;
                case ChoiceStep { Slot: var slot } when slot == choice:
                    bytes.AddRange(text);
                    break;
                case PaddingStep padding
                    when Exactly(evaluator.Evaluate(padding.Count)) is { } count && count <= LargestTotal:
                    bytes.AddRange(Enumerable.Repeat(padding.Filler, (int)count));
                    break;
                case CheckStep check when Holds(check.Condition, evaluator):
                    break;
                default:
                    return null;
            }
        }

        return bytes;
    }

    private static BigInteger? Exactly(Interval interval) => interval.Low == interval.High ? interval.Low : null;

    private static bool Holds(Value condition, IntervalEvaluator evaluator)
    {
        switch (condition)
        {
            case MembershipValue:
                return true;
            case BooleanValue constant:
                return constant.IsTrue;
            case LogicalValue { IsAnd: true } both:
                return Holds(both.Left, evaluator) && Holds(both.Right, evaluator);
            case ComparisonValue { OfBytes: false } comparison:
                Interval left = evaluator.Evaluate(comparison.Left);
                Interval right = evaluator.Evaluate(comparison.Right);
                return comparison.Operator switch
                {
                    BinaryOperator.LessOrEqual => left.High <= right.Low,
                    BinaryOperator.Less => left.High < right.Low,
                    BinaryOperator.GreaterOrEqual => left.Low >= right.High,
                    BinaryOperator.Greater => left.Low > right.High,
                    _ => false,
                };
            default:
                return false;
        }
    }
}
