using Nario.Ksy.Model;
using Nario.Ksy.Runtime;

namespace Nario.Ksy.Interpretation;

/// <summary>Checks values that were read.</summary>
internal static class Validations
{
    /// <summary>Gives what is wrong with a value, or null.</summary>
    public static (KsyErrorKind Kind, string Expected)? Check(
        Validation validation, object value, Evaluation evaluation) => validation switch
        {
            EqualValidation equal => Evaluation.Compare(value, evaluation.Value(equal.Value)) == 0
                ? null
                : (KsyErrorKind.ValidationNotEqual, Evaluation.ToText(evaluation.Value(equal.Value))),
            RangeValidation { Minimum: { } least } when Evaluation.Compare(value, evaluation.Value(least)) < 0 =>
                (KsyErrorKind.ValidationLessThan, $"at least {Evaluation.ToText(evaluation.Value(least))}"),
            RangeValidation { Maximum: { } most } when Evaluation.Compare(value, evaluation.Value(most)) > 0 =>
                (KsyErrorKind.ValidationGreaterThan, $"at most {Evaluation.ToText(evaluation.Value(most))}"),
            RangeValidation => null,
            AnyOfValidation any => any.Values.Any(item => Evaluation.Compare(value, evaluation.Value(item)) == 0)
                ? null
                : (KsyErrorKind.ValidationNotAnyOf, "one of the allowed values"),
            MemberValidation => value is EnumValue { Label: null }
                ? (KsyErrorKind.ValidationNotInEnum, "a value with a label")
                : null,
            ConditionValidation condition => evaluation.Condition(condition.Condition)
                ? null
                : (KsyErrorKind.ValidationExpr, "a value that fulfils its condition"),
            _ => throw new InvalidOperationException($"No check for {validation.GetType().Name}."),
        };
}
