using Nario.Ksy.Model;

namespace Nario.Ksy.Generator.Classes;

/// <summary>Finds all expressions of a type, with those that they consist of.</summary>
internal static class ModelExpressions
{
    public static IEnumerable<BoundExpression> Of(TypeModel type) => OfReading(type).Concat(OfInstances(type));

    /// <summary>Finds those that are computed while the fields of an object are read.</summary>
    public static IEnumerable<BoundExpression> OfReading(TypeModel type)
    {
        IEnumerable<BoundExpression?> expressions = type.Fields.SelectMany(Of);
        if (type.Endianness is SwitchedEndianness choice)
        {
            expressions = expressions.Append(choice.On).Concat(choice.Cases.Select(item => item.Value));
        }

        return expressions.OfType<BoundExpression>().SelectMany(SelfAndParts);
    }

    /// <summary>Finds those that are computed later.</summary>
    public static IEnumerable<BoundExpression> OfInstances(TypeModel type) =>
        type.Instances.SelectMany(Of).Append(type.Text).OfType<BoundExpression>().SelectMany(SelfAndParts);

    public static IEnumerable<BoundExpression> SelfAndParts(BoundExpression expression) =>
        expression.Children.SelectMany(SelfAndParts).Prepend(expression);

    private static IEnumerable<BoundExpression?> Of(Instance instance) => instance switch
    {
        ValueInstance value => [value.Value, value.Condition],
        ParsedInstance parsed => [parsed.Position, parsed.Io, .. Of(parsed.Field)],
        _ => throw new InvalidOperationException($"No expressions for {instance.GetType().Name}."),
    };

    private static IEnumerable<BoundExpression?> Of(Field field) =>
        [field.Condition, .. Of(field.Layout), .. Of(field.Repeat), .. Of(field.Valid)];

    private static IEnumerable<BoundExpression?> Of(Layout layout) => layout switch
    {
        IntegerLayout or FloatLayout or BitsLayout or ContentsLayout => [],
        BytesLayout item => [.. Of(item.Extent), .. Of(item.Process)],
        StringLayout item => [.. Of(item.Extent), .. Of(item.Process)],
        StructLayout item => [.. item.Arguments, .. Of(item.Extent), .. Of(item.Process), item.Parent.Expression],
        OpaqueLayout item => [.. item.Arguments, .. Of(item.Extent), .. Of(item.Process)],
        SwitchLayout item =>
        [
            item.On,
            .. item.Cases.SelectMany(choice => Of(choice.Layout).Append(choice.Value)),
            .. item.Fallback is null ? [] : Of(item.Fallback),
        ],
        _ => throw new InvalidOperationException($"No expressions for {layout.GetType().Name}."),
    };

    private static IEnumerable<BoundExpression?> Of(Extent? extent) => extent switch
    {
        SizedExtent sized => [sized.Size],
        null or ToEndExtent or TerminatedExtent => [],
        _ => throw new InvalidOperationException($"No expressions for {extent.GetType().Name}."),
    };

    private static IEnumerable<BoundExpression?> Of(Process? process) => process switch
    {
        XorProcess xor => [xor.Key],
        RotateProcess rotate => [rotate.Amount],
        CustomProcess custom => custom.Arguments,
        null or ZlibProcess => [],
        _ => throw new InvalidOperationException($"No expressions for {process.GetType().Name}."),
    };

    private static IEnumerable<BoundExpression?> Of(Repetition? repeat) => repeat switch
    {
        RepeatedCount count => [count.Count],
        RepeatedUntil until => [until.Condition],
        null or RepeatedToEnd => [],
        _ => throw new InvalidOperationException($"No expressions for {repeat.GetType().Name}."),
    };

    private static IEnumerable<BoundExpression?> Of(Validation? valid) => valid switch
    {
        EqualValidation equal => [equal.Value],
        RangeValidation range => [range.Minimum, range.Maximum],
        AnyOfValidation any => any.Values,
        ConditionValidation condition => [condition.Condition],
        null or MemberValidation => [],
        _ => throw new InvalidOperationException($"No expressions for {valid.GetType().Name}."),
    };
}
