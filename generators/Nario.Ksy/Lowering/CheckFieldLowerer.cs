using System.Numerics;
using Nario.Ksy.Binding;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>
/// Lowers a field of no bytes, which states what must hold of the field before it: by itself, or in the order of a list.
/// </summary>
internal sealed class CheckFieldLowerer(FieldLowerer fields, ExpressionLowerer expressions)
{
    /// <summary>Lowers a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="scope">The names that it can use.</param>
    /// <param name="place">Where it stands.</param>
    public void Lower(Field field, Scope scope, Place place)
    {
        ReadInstruction? read = place.Previous as ReadInstruction;
        if (field.Annotations.AscendingBy is { } key)
        {
            LowerOrder(field, key, scope, place, read);
            return;
        }

        List<CheckStep> checks = [];
        fields.LowerValidation(field, scope, null, checks);
        if (read is null)
        {
            place.Origin.Report(
                LoweringRules.Unsupported,
                "a check that does not follow a field of bounded size");
            return;
        }

        read.Checks.AddRange(checks);
    }

    private void LowerOrder(Field field, BoundExpression key, Scope scope, Place place, ReadInstruction? read)
    {
        TypedValue bytes = expressions.Lower(key, scope);
        Slot? slot = bytes.Slot;
        if (bytes.Kind != ValueKind.Bytes
            || read is null
            || slot is null
            || (slot.Parent ?? slot) != read.Step.Target
            || place.List is null)
        {
            if (bytes.Kind != ValueKind.Nothing)
            {
                place.Origin.Report(
                    BindingRules.AnnotationPlace,
                    "-ascending",
                    "must stand in an element of a list and name bytes of the field before it");
            }

            return;
        }

        BigInteger longest = IntervalEvaluator.LargestSize(read.Step, read.Checks);
        if (longest * (place.Procedure.MaximumDepth + 1) > SpecCompiler.LargestOrder)
        {
            place.Origin.Report(
                LoweringRules.TooLarge,
                field.Name,
                FormattableString.Invariant(
                    $"it would keep more than {SpecCompiler.LargestOrder} bytes to compare with"));
            return;
        }

        AscendingRule rule = new(slot.Path, slot, (int)longest, $"{read.SpecPath}/{slot.Name}");
        read.Ascending = rule;
        place.List.Restart = rule;
        place.Procedure.AscendingRules.Add(rule);
    }
}
