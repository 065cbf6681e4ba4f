namespace Nario.Ksy.Programs;

/// <summary>Finds the slots that instructions and values name.</summary>
public static class SlotUse
{
    /// <summary>Gets the slots that an instruction reads or sets, apart from that of its own step.</summary>
    public static IEnumerable<Slot> Of(Instruction instruction) =>
        instruction switch
        {
            ReadInstruction read => OfStep(read.Step)
                .Concat(read.Checks.SelectMany(OfCheck))
                .Concat(read.Limit is null ? [] : [read.Limit.Mark])
                .Concat(read.CountOf is null || read.Step is not NumberStep number ? [] : [number.Slot]),
            BranchInstruction { Condition: { } condition } => Of(condition),
            AssignInstruction assign => assign.Value is null ? [assign.Slot] : Of(assign.Value).Concat([assign.Slot]),
            ContentInstruction content => Of(content.Size),
            CallInstruction call => call
                .Arguments.Zip(call.Procedure.Parameters, static (argument, parameter) => (argument, parameter))
                .SelectMany(pair => Of(pair.argument)),
            EmbedInstruction { Size: { } size } => Of(size),
            _ => [],
        };

    /// <summary>Gets the slots that a value depends on.</summary>
    public static IEnumerable<Slot> Of(Value value) =>
        value switch
        {
            SlotValue slot => [slot.Slot],
            MembershipValue membership => [membership.Slot],
            ArithmeticValue operation => Of(operation.Left).Concat(Of(operation.Right)),
            ComparisonValue comparison => Of(comparison.Left).Concat(Of(comparison.Right)),
            LogicalValue logical => Of(logical.Left).Concat(Of(logical.Right)),
            NotValue not => Of(not.Operand),
            LengthValue length => Of(length.Bytes),
            LeastByteValue least => Of(least.Bytes),
            ExclusionValue exclusion => Of(exclusion.Bytes),
            ConditionalValue conditional => Of(conditional.Condition)
                .Concat(Of(conditional.WhenTrue))
                .Concat(Of(conditional.WhenFalse)),
            _ => [],
        };

    private static IEnumerable<Slot> OfCheck(CheckStep check) =>
        Of(check.Condition).Concat(check.Expected.Parts.SelectMany(part => part.Value is null ? [] : Of(part.Value)));

    private static IEnumerable<Slot> OfStep(Step step) =>
        step switch
        {
            BytesStep bytes => Of(bytes.Size),
            ChoiceStep choice => Of(choice.Size),
            PaddingStep padding => Of(padding.Count),
            RecordStep record => record.Arguments.SelectMany(Of),
            _ => [],
        };
}
