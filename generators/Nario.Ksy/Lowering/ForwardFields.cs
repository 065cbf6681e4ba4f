using Nario.Ksy.Model;

namespace Nario.Ksy.Lowering;

/// <summary>Shapes of fields that reading forward handles in a way of their own, each recognised here only.</summary>
internal static class ForwardFields
{
    /// <summary>Whether a field is a run of equal bytes: <c>u1</c> with a count and a constant <c>valid</c>.</summary>
    public static bool IsPadding(Field field) =>
        field
            is
        {
            Repeat: RepeatedCount,
            Layout: IntegerLayout { Width: 1, IsSigned: false, Enum: null },
            Valid: EqualValidation { Value: IntegerConstant { Value: var value } },
        }
        && value >= byte.MinValue
        && value <= byte.MaxValue;

    /// <summary>Whether a field holds no bytes and only states a check.</summary>
    public static bool IsCheckOnly(Field field) =>
        field.Layout is BytesLayout
        {
            Process: null,
            Extent: SizedExtent { Size: IntegerConstant { Value.IsZero: true }, Terminator: null, Padding: null },
        };

    /// <summary>Whether a field is an integer that can be one value only, and so is a constant of the format.</summary>
    public static bool IsConstantNumber(Field field) =>
        field is { Layout: IntegerLayout { Enum: null }, Repeat: null, Valid: EqualValidation { Value: IntegerConstant } };

    /// <summary>Whether a field of an object must hold nothing behind it: <c>valid: {expr: _._io.eof}</c>.</summary>
    public static bool MustBeFilled(Field field) =>
        field.Valid is ConditionValidation
        {
            Condition: MethodCallOperation
            {
                Method: BoundMethod.IoIsAtEnd,
                Target: IoReference { Target: ItemReference },
            },
        };

    /// <summary>Whether only a stream can heed the field's annotations.</summary>
    public static bool ForcesStream(Field field) =>
        field.Annotations.IsStreamed || field.Annotations.AscendingBy is not null;

    /// <summary>Whether only a stream can heed the type's annotations.</summary>
    public static bool ForcesStream(TypeModel type) =>
        type.Annotations.MaximumDepth is not null || type.Annotations.MaximumSize is not null;
}
