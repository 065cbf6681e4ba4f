using System.Globalization;
using System.Numerics;
using System.Text;
using Nario.Ksy.Binding;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>Lowers fields of bounded size: the same way in records and in streams.</summary>
internal sealed class FieldLowerer(SpecCompiler compiler, ExpressionLowerer expressions)
{
    private static readonly string[] Encodings = ["ASCII", "UTF-8"];

    /// <summary>
    /// Lowers a field without its condition and repetition, and names its slot in the scope. Gives null after an error.
    /// </summary>
    /// <param name="field">The field.</param>
    /// <param name="scope">The names that it can use.</param>
    /// <param name="prefix">Identifiers that lead to the type it stands in, for the name of the slot.</param>
    /// <param name="checks">Takes what must hold of the value.</param>
    /// <param name="name">Last identifier of the slot's name; null: the field's own.</param>
    public Step? Lower(
        Field field,
        Scope scope,
        IReadOnlyList<string> prefix,
        List<CheckStep> checks,
        string? name = null)
    {
        string id = field.Name;
        if (field.Layout is ContentsLayout contents)
        {
            if (field.Valid is not null)
            {
                Unsupported(field, "'valid' beside 'contents'");
            }

            scope[id] = new ExpressionMeaning(new TypedValue(new BytesValue(contents.Bytes), ValueKind.Bytes));
            return new ConstantStep(id, contents.Bytes);
        }

        (Step? step, Slot? slot) = LowerLayout(field, scope, [.. prefix, name ?? id]);
        if (step is null)
        {
            // It has been refused; that others name it is no further mistake.
            scope[id] = new ExpressionMeaning(TypedValue.Error);
            return null;
        }

        if (slot is null)
        {
            return step;
        }

        scope[id] = new SlotMeaning(slot);
        LowerValidation(field, scope, slot, checks);
        return step;
    }

    /// <summary>
    /// Lowers a run of equal bytes, <c>type: u1</c> with a count and a constant <c>valid</c>; null when the field is
    /// none.
    /// </summary>
    public Step? LowerPadding(Field field, Scope scope)
    {
        if (!ForwardFields.IsPadding(field))
        {
            return null;
        }

        Value? count = expressions.Size(((RepeatedCount)field.Repeat!).Count, scope);
        byte filler = (byte)((IntegerConstant)((EqualValidation)field.Valid!).Value).Value;
        return count is null ? null : Bounded(field, new PaddingStep(field.Name, count, filler));
    }

    /// <summary>Refuses what a writer would fill without being given that much; null then.</summary>
    private Step? Bounded(Field field, Step step)
    {
        BigInteger size = IntervalEvaluator.LargestSize(step, []);
        if (size <= SpecCompiler.LargestStep || expressions.IsTrial)
        {
            return step;
        }

        expressions.Diagnostics.Report(
            LoweringRules.Unbounded,
            field.Span,
            field.Name,
            size,
            SpecCompiler.LargestStep);
        return null;
    }

    /// <summary>Lowers what stands under <c>valid</c>.</summary>
    public void LowerValidation(Field field, Scope scope, Slot? slot, List<CheckStep> checks)
    {
        if (field.Valid is null || slot?.Kind == SlotKind.Choice)
        {
            return;
        }

        Meaning? before = scope.Current;
        scope.Current = slot is null ? null : new SlotMeaning(slot);
        CheckStep? check = field.Valid switch
        {
            EqualValidation equal => Check(
                field,
                slot,
                Compare(BinaryOperator.Equal, field, equal.Value, scope),
                new Description(Quote(equal.Value, scope))),
            RangeValidation range => LowerRange(field, range, scope, slot),
            AnyOfValidation anyOf => LowerAnyOf(field, anyOf, scope, slot),
            MemberValidation => LowerMember(field, slot!),
            ConditionValidation condition => Check(
                field,
                slot,
                expressions.Condition(condition.Condition, scope),
                Description.Of(InWords(field))),
            _ => throw Unreachable.Case(field.Valid),
        };
        scope.Current = before;
        if (check is not null)
        {
            checks.Add(check);
        }
    }

    private (Step?, Slot?) LowerLayout(Field field, Scope scope, IReadOnlyList<string> path)
    {
        switch (field.Layout)
        {
            case IntegerLayout integer:
                return LowerInteger(field, integer, scope, path);
            case BytesLayout bytes:
                return LowerBytes(field, bytes.Extent, bytes.Process, scope, path);
            case StringLayout text:
                return LowerString(field, text, scope, path);
            case StructLayout item:
                return LowerRecord(field, item, scope, path);
            case FloatLayout:
                Unsupported(field, "floating-point numbers");
                return default;
            case BitsLayout:
                Unsupported(field, "fields of bits");
                return default;
            case SwitchLayout:
                Unsupported(field, "a switch that reads bytes when no case fits");
                return default;
            case OpaqueLayout:
                expressions.Diagnostics.Report(
                    LoweringRules.NeedsClass, field.Span, field.Name, "its type is the user's own");
                return default;
            default:
                throw Unreachable.Case(field.Layout);
        }
    }

    private (Step?, Slot?) LowerString(Field field, StringLayout text, Scope scope, IReadOnlyList<string> path)
    {
        if (!Encodings.Contains(text.Encoding, StringComparer.OrdinalIgnoreCase))
        {
            Unsupported(field, "encodings other than ASCII and UTF-8");
            return default;
        }

        return field.Valid is AnyOfValidation anyOf && anyOf.Values.All(static value => value is StringConstant)
            ? LowerChoice(field, text, anyOf, scope, path)
            : LowerBytes(field, text.Extent, text.Process, scope, path);
    }

    private (Step?, Slot?) LowerBytes(
        Field field, Extent extent, Process? process, Scope scope, IReadOnlyList<string> path)
    {
        if (process is not null)
        {
            expressions.Diagnostics.Report(
                LoweringRules.NeedsClass, field.Span, field.Name, "'process' makes bytes that are not in the input");
            return default;
        }

        if (extent is not SizedExtent sized)
        {
            Unsupported(field, "bytes without 'size'");
            return default;
        }

        if (sized.Terminator is { Bytes.Count: not 1 } or { Include: true } || sized.Padding is not null)
        {
            Unsupported(field, "'include', 'pad-right' and terminators of several bytes");
            return default;
        }

        Value? size = expressions.Size(sized.Size, scope);
        if (size is null)
        {
            return default;
        }

        Slot slot = new(SlotKind.Bytes, path) { Doc = field.Doc };
        return (new BytesStep(field.Name, slot, size, sized.Terminator?.Bytes[0]), slot);
    }

    private (Step?, Slot?) LowerInteger(
        Field field, IntegerLayout integer, Scope scope, IReadOnlyList<string> path)
    {
        string id = field.Name;
        if (integer.Order == ByteOrder.Computed)
        {
            expressions.Diagnostics.Report(
                LoweringRules.NeedsClass, field.Span, id, "its byte order is computed when it is read");
            return default;
        }

        Interval range = Interval.OfWidth(integer.Width, integer.IsSigned);
        if (ForwardFields.IsConstantNumber(field))
        {
            IntegerConstant constant = (IntegerConstant)((EqualValidation)field.Valid!).Value;
            BigInteger value = constant.Value;
            if (value < range.Low || value > range.High)
            {
                expressions.Diagnostics.Report(LoweringRules.NeverEqual, constant.Span, value);
                return default;
            }

            scope[id] = new ExpressionMeaning(
                new TypedValue(new IntegerValue(value), ValueKind.Integer, Interval.Of(value)));
            return (new ConstantStep(id, Encode(value, integer)), null);
        }

        Slot slot = new(SlotKind.Integer, path)
        {
            Doc = field.Doc,
            Range = range,
            Width = integer.Width,
            IsSigned = integer.IsSigned,
            Enumeration = integer.Enum is null ? null : compiler.EnumerationOf(integer.Enum),
        };
        bool isBigEndian = integer.Order == ByteOrder.Big;
        return (new NumberStep(id, slot, integer.Width, integer.IsSigned, isBigEndian), slot);
    }

    private (Step?, Slot?) LowerRecord(Field field, StructLayout item, Scope scope, IReadOnlyList<string> path)
    {
        if (item.Extent is not null)
        {
            Unsupported(field, "'size' and 'terminator' of a record");
            return default;
        }

        TypeDeclaration type = compiler.Declaration(item.Id);
        IReadOnlyList<TypedValue>? arguments = LowerArguments(item, type, scope, arePassed: true);
        if (arguments is null)
        {
            return default;
        }

        RecordProgram record = compiler.RecordOf(type);
        Slot whole = new(SlotKind.Record, path) { Doc = field.Doc, Record = record };
        return (new RecordStep(field.Name, whole, arguments.Select(argument => argument.Value!).ToArray()), whole);
    }

    /// <summary>Lowers a type's arguments; null after an error.</summary>
    /// <param name="item">The type with its arguments.</param>
    /// <param name="type">Its declaration.</param>
    /// <param name="scope">The names that the arguments can use.</param>
    /// <param name="arePassed">
    /// Whether parameters hold the arguments, which must fit them then; else the arguments stand for the parameters.
    /// </param>
    public IReadOnlyList<TypedValue>? LowerArguments(
        StructLayout item,
        TypeDeclaration type,
        Scope scope,
        bool arePassed)
    {
        TypedValue?[] arguments =
        [
            .. item.Arguments.Select(
                (argument, index) => arePassed
                    ? LowerPassed(argument, compiler.ParameterOf(type.Model.Parameters[index], type), scope)
                    : expressions.Integer(argument, scope)),
        ];
        return arguments.Contains(null) ? null : arguments.OfType<TypedValue>().ToArray();
    }

    /// <summary>
    /// Lowers an argument that a parameter holds. It must fit the 64-bit integer that the parameter is, and be one of the
    /// parameter's type at least sometimes; null after an error.
    /// </summary>
    private TypedValue? LowerPassed(BoundExpression argument, Slot parameter, Scope scope)
    {
        TypedValue? value = expressions.Integer(argument, scope);
        if (value is null || expressions.IsTrial)
        {
            return value;
        }

        Interval range = parameter.Range;
        bool fits = parameter.IsSigned ? value.Range.IsSigned : value.Range.IsUnsigned;
        if (fits && value.Range.Low <= range.High && value.Range.High >= range.Low)
        {
            return value;
        }

        expressions.Diagnostics.Report(
            BindingRules.WrongKind,
            argument.Span,
            FormattableString.Invariant($"an integer from {range.Low} to {range.High}"),
            FormattableString.Invariant($"one from {value.Range.Low} to {value.Range.High}"));
        return null;
    }

    private (Step?, Slot?) LowerChoice(
        Field field, StringLayout layout, AnyOfValidation anyOf, Scope scope, IReadOnlyList<string> path)
    {
        (Step? step, _) = IsShort(field, anyOf)
            ? LowerBytes(field, layout.Extent, layout.Process, scope, path)
            : default;
        if (step is not BytesStep { Terminator: null, Size: var size })
        {
            if (step is not null)
            {
                Unsupported(field, "a 'terminator' of one of some strings");
            }

            return default;
        }

        Interval lengths = new IntervalEvaluator().Evaluate(size);
        foreach (BoundExpression value in anyOf.Values)
        {
            string text = ((StringConstant)value).Value;
            int length = Encoding.UTF8.GetByteCount(text);
            if (length < lengths.Low || length > lengths.High)
            {
                expressions.Diagnostics.Report(LoweringRules.NeverEqual, value.Span, DiagnosticText.Quote(text));
                return default;
            }
        }

        Enumeration enumeration = compiler.ChoiceOf(
            scope.Type,
            anyOf,
            () =>
            {
                EnumerationMember[] members =
                [
                    .. anyOf.Values.Select(
                        (value, index) => new EnumerationMember(index, ((StringConstant)value).Value, null)),
                ];
                string owner = scope.Type.IsRoot ? string.Empty : scope.Type.Name + "_";
                return new Enumeration(
                    scope.Type.Unit.Id,
                    owner + field.Name,
                    scope.Type.IsRoot ? field.Doc : scope.Type.Model.Doc ?? field.Doc,
                    members,
                    isText: true);
            });
        Slot slot = new(SlotKind.Choice, path)
        {
            Doc = field.Doc,
            Range = new Interval(0, enumeration.Members.Count - 1),
            Enumeration = enumeration,
        };
        return (new ChoiceStep(field.Name, slot, size, AnyOf(anyOf, scope)), slot);
    }

    private bool IsShort(Field field, AnyOfValidation anyOf)
    {
        bool isShort = anyOf.Values.Count <= SpecCompiler.MostAlternatives;
        if (!isShort)
        {
            expressions.Diagnostics.Report(
                LoweringRules.TooLarge,
                field.Span,
                field.Name,
                FormattableString.Invariant($"it has more than {SpecCompiler.MostAlternatives} values"));
        }

        return isShort;
    }

    private CheckStep? LowerRange(Field field, RangeValidation range, Scope scope, Slot? slot)
    {
        Value? low = range.Minimum is null ? null : Compare(BinaryOperator.GreaterOrEqual, field, range.Minimum, scope);
        Value? high = range.Maximum is null ? null : Compare(BinaryOperator.LessOrEqual, field, range.Maximum, scope);
        Value? both = low is not null && high is not null ? new LogicalValue(true, low, high) : low ?? high;
        List<DescriptionPart> words = [];
        if (range.Minimum is not null)
        {
            words.Add(new DescriptionPart(range.Maximum is null ? "at least " : string.Empty, null));
            words.AddRange(Quote(range.Minimum, scope));
        }

        if (range.Maximum is not null)
        {
            words.Add(new DescriptionPart(range.Minimum is null ? "at most " : " to ", null));
            words.AddRange(Quote(range.Maximum, scope));
        }

        if (slot is { Kind: SlotKind.Integer } && both is not null)
        {
            slot.Range = slot.Range.Intersect(
                new Interval(
                    (range.Minimum as IntegerConstant)?.Value ?? slot.Range.Low,
                    (range.Maximum as IntegerConstant)?.Value ?? slot.Range.High));
        }

        return Check(field, slot, both, new Description(words));
    }

    private CheckStep? LowerAnyOf(Field field, AnyOfValidation anyOf, Scope scope, Slot? slot)
    {
        if (!IsShort(field, anyOf))
        {
            return null;
        }

        Value? any = null;
        List<Interval> values = [];
        foreach (BoundExpression value in anyOf.Values)
        {
            Value? one = Compare(BinaryOperator.Equal, field, value, scope);
            if (one is null)
            {
                return null;
            }

            any = any is null ? one : new LogicalValue(false, any, one);
            if (one is ComparisonValue { Right: IntegerValue constant })
            {
                values.Add(Interval.Of(constant.Number));
            }
        }

        if (slot is { Kind: SlotKind.Integer } && values.Count == anyOf.Values.Count)
        {
            slot.Range = values.Aggregate(static (left, right) => left.Union(right));
        }

        return Check(field, slot, any, AnyOf(anyOf, scope));
    }

    private static CheckStep? LowerMember(Field field, Slot slot) => Check(
        field,
        slot,
        new MembershipValue(slot),
        Description.Of($"a member of {slot.Enumeration!.Name}"));

    private static CheckStep? Check(
        Field field,
        Slot? slot,
        Value? condition,
        Description expected) =>
        condition is null
            ? null
            : new CheckStep(field.Name, condition, expected, slot, slot?.Enumeration);

    private Value? Compare(BinaryOperator operation, Field field, BoundExpression value, Scope scope)
    {
        ItemReference item = new(field.Layout.Type, value.Span);
        return expressions.Condition(
            new BinaryOperation(operation, item, value, new BooleanType(), value.Span), scope);
    }

    private Description AnyOf(AnyOfValidation anyOf, Scope scope)
    {
        List<DescriptionPart> words = [];
        for (int index = 0; index < anyOf.Values.Count; index++)
        {
            if (index > 0)
            {
                words.Add(new DescriptionPart(index == anyOf.Values.Count - 1 ? " or " : ", ", null));
            }

            words.AddRange(Quote(anyOf.Values[index], scope));
        }

        return new Description(words);
    }

    private IReadOnlyList<DescriptionPart> Quote(BoundExpression expression, Scope scope)
    {
        switch (expression)
        {
            case EnumConstant label:
                return [new DescriptionPart($"{label.Value} ({label.Label})", null)];
            case StringConstant text:
                return [new DescriptionPart($"\"{DiagnosticText.Escape(text.Value)}\"", null)];
            case BytesConstant or ListExpression:
                return [new DescriptionPart("certain bytes", null)];
            default:
                TypedValue value = expressions.Lower(expression, scope);
                return value switch
                {
                    { Value: IntegerValue constant } =>
                    [
                        new DescriptionPart(constant.Number.ToString(CultureInfo.InvariantCulture), null),
                    ],
                    { Kind: ValueKind.Integer } => [new DescriptionPart(null, value.Value)],
                    _ => [new DescriptionPart("the value of another field", null)],
                };
        }
    }

    private static string InWords(Field field)
    {
        string? doc = field.Doc?.Trim();
        if (string.IsNullOrEmpty(doc))
        {
            return "a value that fulfils the field's condition";
        }

        string line = string.Join(" ", doc!.Split('\n').Select(part => part.Trim())).TrimEnd('.');
        return DiagnosticText.Escape(char.ToLowerInvariant(line[0]) + line.Substring(1));
    }

    private static byte[] Encode(BigInteger value, IntegerLayout type)
    {
        byte[] bytes = new byte[type.Width];
        BigInteger rest = value;
        for (int index = 0; index < type.Width; index++)
        {
            bytes[type.Order == ByteOrder.Big ? type.Width - 1 - index : index] = (byte)(rest & byte.MaxValue);
            rest >>= 8;
        }

        return bytes;
    }

    private void Unsupported(Field field, string what) =>
        expressions.Diagnostics.Report(LoweringRules.Unsupported, field.Span, what);
}
