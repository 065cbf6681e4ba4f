using Nario.Ksy.Expressions;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>Lowers repetition: the loop around an element, its index, and the tokens of the list.</summary>
internal sealed class ListLowerer(StreamBuilder builder, ExpressionLowerer expressions)
{
    /// <summary>Lowers a field that is repeated.</summary>
    /// <param name="field">The field.</param>
    /// <param name="scope">The names that it can use.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="lowerElement">Lowers the field without its repetition, at the place that it is given.</param>
    public void Lower(Field field, Scope scope, Place place, Action<Place> lowerElement)
    {
        string id = field.Name;
        string specPath = place.PathOf(field);
        bool standsForType = IsOnlyVisible(field, scope.Type);
        Place inside = standsForType ? place : place.Into(id);
        string? doc = standsForType ? place.Doc : field.Doc;
        TypedValue? total = null;
        if (field.Repeat is RepeatedCount counted)
        {
            total = expressions.Integer(counted.Count, scope);
            if (total is null)
            {
                return;
            }
        }

        YieldInstruction begin = Begin(inside, specPath, doc, total?.Slot);
        Slot index = new(SlotKind.Integer, [.. inside.Labels, "index"]) { Range = new Interval(0, long.MaxValue - 1) };
        builder.Append(
            place,
            new AssignInstruction([.. inside.Labels, "begin"], specPath, index, new IntegerValue(0)));
        IReadOnlyList<string> next = [.. inside.Labels, "next"];
        Instruction head = builder.Append(
            place,
            field.Repeat is RepeatedUntil
                ? new JumpInstruction(next, specPath, null)
                : new BranchInstruction(
                    next,
                    specPath,
                    total is null
                        ? null
                        : new ComparisonValue(
                            BinaryOperator.Less,
                            new SlotValue(index),
                            total.Value!,
                            OfBytes: false)));
        builder.AddLoop(new ListLoop(head, id, field.Repeat is RepeatedCount));
        TypedValue? outerIndex = scope.Index;
        scope.Index = ExpressionLowerer.Of(index);
        lowerElement(inside with { List = begin, Doc = $"An element of: {doc?.Trim() ?? id}" });
        scope.Index = outerIndex;
        Value increment = new ArithmeticValue(
            BinaryOperator.Add,
            new SlotValue(index),
            new IntegerValue(1),
            new Interval(1, long.MaxValue));
        builder.Append(place, new AssignInstruction([.. inside.Labels, "advance"], specPath, index, increment));
        if (field.Repeat is RepeatedUntil until)
        {
            Meaning? before = scope.Current;
            scope.Current = scope[id];
            Value? condition = expressions.Condition(until.Condition, scope);
            scope.Current = before;
            if (condition is null)
            {
                return;
            }

            // The condition ends the list: on with the next element where it does not hold.
            builder.Append(
                place,
                new BranchInstruction([.. inside.Labels, "until"], specPath, condition) { Otherwise = head });
        }
        else
        {
            builder.Append(place, new JumpInstruction([.. inside.Labels, "again"], specPath, head));
        }

        Token end = builder.NewToken(TokenKind.ListEnd, inside.Path, doc, null);
        YieldInstruction finish = new([.. inside.Labels, "end"], specPath, end);
        if (head is BranchInstruction loop)
        {
            loop.Otherwise = finish;
        }

        builder.Append(place, finish);
    }

    /// <summary>Tells of a list's beginning, which stands for the count too if that was read just before.</summary>
    private YieldInstruction Begin(Place inside, string specPath, string? doc, Slot? count)
    {
        ReadInstruction? counter =
            count is not null
            && inside.Previous is ReadInstruction { Step: NumberStep number } read
            && number.Slot == count
                ? read
                : null;
        Token start = builder.NewToken(TokenKind.ListStart, inside.Path, doc, counter is null ? null : count);
        if (counter is not null)
        {
            counter.Token = null;
            counter.CountOf = start;
        }

        YieldInstruction begin = new([.. inside.Labels, "start"], specPath, start);
        builder.Append(inside, begin);
        return begin;
    }

    /// <summary>
    /// Whether a field is the only one of its type that a reader tells of: then it goes by the type's own name.
    /// </summary>
    private static bool IsOnlyVisible(Field field, TypeDeclaration type) =>
        !type.IsRoot
        && type.Model.Fields.All(other =>
            other.Name == field.Name
            || other.Layout is ContentsLayout
            || ForwardFields.IsPadding(other)
            || (field.Repeat is RepeatedCount { Count: MemberReference { Target: ThisReference } count }
                && count.Name == other.Name));
}
