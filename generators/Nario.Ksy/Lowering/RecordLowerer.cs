using Nario.Ksy.Diagnostics;
using Nario.Ksy.Programs;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Lowering;

/// <summary>Lowers a type that is read whole.</summary>
internal sealed class RecordLowerer(SpecCompiler compiler, TypeDeclaration type, DiagnosticBag diagnostics)
{
    private readonly ExpressionLowerer _expressions = new(diagnostics);

    public RecordProgram Lower()
    {
        RecordProgram record = new(type.Unit.Id, type.Name, type.Syntax.Doc);
        Scope scope = new(type);
        FieldLowerer fields = new(compiler, _expressions);
        foreach (ParameterSyntax parameter in type.Syntax.Parameters)
        {
            Slot slot = compiler.ParameterOf(parameter, type, diagnostics);
            record.Parameters.Add(slot);
            scope[parameter.Id.Text] = new SlotMeaning(slot);
        }

        foreach (AttributeSyntax field in type.Syntax.Sequence)
        {
            LowerField(field, fields, scope, record);
        }

        FindValues(record.Steps, record);
        foreach (InstanceSyntax instance in type.Syntax.Instances)
        {
            TypedValue value = _expressions.Lower(instance.Value, scope);
            if (value.Value is not null && value.Kind is ValueKind.Integer or ValueKind.Boolean)
            {
                record.Computed.Add(new ComputedField(instance.Id.Text, instance.Doc, value.Value!));
            }
            else if (value.Kind != ValueKind.Nothing)
            {
                diagnostics.Report(LoweringRules.Unsupported, instance.Span, "value instances other than integers and conditions");
            }
        }

        return record;
    }

    private void LowerField(AttributeSyntax field, FieldLowerer fields, Scope scope, RecordProgram record)
    {
        List<CheckStep> checks = [];
        Step? step = FieldLowerer.IsPadding(field) ? fields.LowerPadding(field, scope) : fields.Lower(field, scope, [], checks);
        if (step is null)
        {
            return;
        }

        Step[] steps = [step, .. checks];
        if (field.Condition is null)
        {
            record.Steps.AddRange(steps);
        }
        else if (_expressions.Condition(field.Condition, scope) is { } condition)
        {
            record.Steps.Add(new OptionalStep(step.Field, condition, steps));
        }
    }

    private static void FindValues(IReadOnlyList<Step> steps, RecordProgram record)
    {
        foreach (Step step in steps)
        {
            switch (step)
            {
                case NumberStep number:
                    record.Values.Add(number.Slot);
                    break;
                case BytesStep bytes:
                    record.Values.Add(bytes.Slot);
                    Derive(bytes.Size, bytes.Slot, record);
                    break;
                case ChoiceStep choice:
                    record.Values.Add(choice.Slot);
                    Derive(choice.Size, choice.Slot, record);
                    break;
                case RecordStep nested when nested.Slot.Record!.Values.Count > 0:
                    record.Values.Add(nested.Slot);
                    break;
                case OptionalStep optional:
                    FindValues(optional.Steps, record);
                    break;
            }
        }
    }

    private static void Derive(Value size, Slot bytes, RecordProgram record)
    {
        if (size is SlotValue { Slot: { IsParameter: false, Parent: null } length } && !record.Derived.ContainsKey(length))
        {
            record.Derived.Add(length, bytes);
            record.Values.Remove(length);
        }
    }
}
