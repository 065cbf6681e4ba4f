using System.Numerics;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>Lowers a type that is read whole.</summary>
internal sealed class RecordLowerer(SpecCompiler compiler, TypeDeclaration type)
{
    private readonly ExpressionLowerer _expressions = new(type.Unit.Diagnostics);
    private readonly RecordProgram _record = new(type.Unit.Id, type.Name, type.Model.Doc);
    private BigInteger _constantSize;

    private DiagnosticBag Diagnostics => type.Unit.Diagnostics;

    public RecordProgram Lower()
    {
        _record.Members.UnionWith(
            type.Model.Fields.Select(field => field.Name).Concat(type.Model.Instances.Select(item => item.Name)));
        Scope scope = new(type);
        FieldLowerer fields = new(compiler, _expressions);
        foreach (Parameter parameter in type.Model.Parameters)
        {
            Slot slot = compiler.ParameterOf(parameter, type);
            _record.Parameters.Add(slot);
            scope[parameter.Name] = new SlotMeaning(slot);
        }

        foreach (Field field in type.Model.Fields)
        {
            if (_record.Weight > SpecCompiler.LargestProgram)
            {
                Diagnostics.Report(
                    LoweringRules.TooLarge,
                    field.Span,
                    type.Name,
                    FormattableString.Invariant($"it has more than {SpecCompiler.LargestProgram} steps"));
                break;
            }

            LowerField(field, fields, scope);
        }

        FindValues(_record.Steps);
        _record.Encodings = ConstantEncoder.Encode(_record);
        foreach (Instance instance in type.Model.Instances)
        {
            LowerInstance(instance, scope);
        }

        return _record;
    }

    private void LowerField(Field field, FieldLowerer fields, Scope scope)
    {
        List<CheckStep> checks = [];
        Value? condition = field.Condition is null ? null : _expressions.Condition(field.Condition, scope);
        Step? step = ForwardFields.IsPadding(field)
            ? fields.LowerPadding(field, scope)
            : fields.Lower(field, scope, [], checks);
        if (step is null)
        {
            return;
        }

        _record.Weight += 1 + checks.Count + (step is RecordStep { Slot.Record: { } nested } ? nested.Weight : 0);
        _record.Depth = Math.Max(_record.Depth, step is RecordStep { Slot.Record: { } inner } ? inner.Depth + 1 : 1);
        if (_record.Depth > SpecCompiler.DeepestType)
        {
            SpecCompiler.ReportDepth(type);
        }

        // What stands in one span is counted by an int: a record that needs more could never be read.
        BigInteger constant = step is BytesStep { Size: IntegerValue size } ? size.Number : 0;
        if (_constantSize <= int.MaxValue && _constantSize + constant > int.MaxValue)
        {
            Diagnostics.Report(
                LoweringRules.TooLarge,
                field.Span,
                type.Name,
                FormattableString.Invariant($"it takes more than {int.MaxValue} bytes"));
        }

        _constantSize += constant;
        Step[] steps = [TerminatorFolding.Fold(step, checks), .. checks];
        if (field.Condition is null)
        {
            _record.Steps.AddRange(steps);
        }
        else if (condition is not null)
        {
            _record.Steps.Add(new OptionalStep(step.Field, condition, steps));
        }
    }

    private void LowerInstance(Instance instance, Scope scope)
    {
        switch (instance)
        {
            case ParsedInstance parsed:
                Diagnostics.Report(
                    LoweringRules.NeedsClass, parsed.Span, parsed.Name, "a parsed instance seeks in its input");
                break;
            case ValueInstance value:
                LowerValueInstance(value, scope);
                break;
            default:
                throw Unreachable.Case(instance);
        }
    }

    private void LowerValueInstance(ValueInstance instance, Scope scope)
    {
        TypedValue lowered = _expressions.Lower(instance.Value, scope);
        if (lowered.Kind == ValueKind.Nothing)
        {
            return;
        }

        if (lowered.Value is null
            || lowered.Kind is not (ValueKind.Integer or ValueKind.Boolean)
            || instance.Condition is not null)
        {
            Diagnostics.Report(
                LoweringRules.Unsupported,
                instance.Span,
                "value instances other than integers and conditions");
            return;
        }

        // A view holds no lengths that follow from what they measure, and no parameters.
        Value value = ValueRewriter.Rewrite(
            lowered.Value,
            slot =>
                _record.Derived.TryGetValue(slot, out Slot? bytes) && bytes.Kind == SlotKind.Bytes
                    ? new LengthValue(new SlotValue(bytes))
                    : null);
        if (SlotUse.Of(value).Any(slot => slot.IsParameter || _record.Derived.ContainsKey(slot)))
        {
            Diagnostics.Report(
                LoweringRules.Unsupported,
                instance.Span,
                "value instances that depend on a parameter or on the length of one of some strings");
            return;
        }

        _record.Computed.Add(
            new ComputedField(
                instance.Name,
                instance.Doc,
                value,
                lowered.Kind == ValueKind.Boolean,
                lowered.Kind == ValueKind.Integer && !ValueSign.IsUnsigned(value)));
    }

    private void FindValues(IReadOnlyList<Step> steps)
    {
        foreach (Step step in steps)
        {
            switch (step)
            {
                case NumberStep number:
                    _record.Values.Add(number.Slot);
                    break;
                case BytesStep bytes:
                    _record.Values.Add(bytes.Slot);
                    if (bytes.Terminator is null)
                    {
                        Derive(bytes.Size, bytes.Slot, steps);
                    }

                    break;
                case ChoiceStep choice:
                    _record.Values.Add(choice.Slot);
                    Derive(choice.Size, choice.Slot, steps);
                    break;
                case RecordStep nested when nested.Slot.Record!.Values.Count > 0:
                    _record.Values.Add(nested.Slot);
                    break;
                case OptionalStep optional:
                    FindValues(optional.Steps);
                    break;
            }
        }
    }

    /// <summary>Lets a length follow from what it measures, if the two are always there together.</summary>
    private void Derive(Value size, Slot bytes, IReadOnlyList<Step> steps)
    {
        if (size is SlotValue { Slot: { Enumeration: null } length }
            && !_record.Derived.ContainsKey(length)
            && steps.OfType<NumberStep>().Any(number => number.Slot == length))
        {
            _record.Derived.Add(length, bytes);
            _record.Values.Remove(length);
        }
    }
}
