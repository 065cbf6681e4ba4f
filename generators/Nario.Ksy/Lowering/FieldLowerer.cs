using System.Globalization;
using System.Numerics;
using System.Text;
using Nario.Ksy.Binding;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;
using Nario.Ksy.Syntax;

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
        AttributeSyntax field,
        Scope scope,
        IReadOnlyList<string> prefix,
        List<CheckStep> checks,
        string? name = null)
    {
        string id = NameOf(field);
        if (field.Contents is { } contents)
        {
            scope[id] = new ExpressionMeaning(new TypedValue(new BytesValue(contents.Bytes), ValueKind.Bytes));
            return new ConstantStep(id, contents.Bytes);
        }

        IReadOnlyList<string> path = [.. prefix, name ?? id];
        (Step? step, Slot? slot) = field.Type switch
        {
            null => LowerBytes(field, scope, path),
            NamedTypeSyntax named => LowerNamed(field, named, scope, path),
            _ => (null, null),
        };
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
    public Step? LowerPadding(AttributeSyntax field, Scope scope)
    {
        if (!IsPadding(field))
        {
            return null;
        }

        Value? count = expressions.Size(((RepeatCount)field.Repeat!).Count, scope);
        byte filler = (byte)((IntegerLiteral)((ValidEqual)field.Validation!).Value).Value;
        return count is null ? null : Bounded(field, new PaddingStep(NameOf(field), count, filler));
    }

    /// <summary>Refuses what a writer would fill without being given that much; null then.</summary>
    private Step? Bounded(AttributeSyntax field, Step step)
    {
        BigInteger size = IntervalEvaluator.LargestSize(step, []);
        if (size <= SpecCompiler.LargestStep || expressions.IsTrial)
        {
            return step;
        }

        expressions.Diagnostics.Report(
            LoweringRules.Unbounded,
            field.Span,
            NameOf(field),
            size,
            SpecCompiler.LargestStep);
        return null;
    }

    /// <summary>Whether a field is a run of equal bytes.</summary>
    public static bool IsPadding(AttributeSyntax field) =>
        field
            is
        {
            Repeat: RepeatCount,
            Type: NamedTypeSyntax { Name: { Parts: ["u1"], IsArray: false } },
            Validation: ValidEqual { Value: IntegerLiteral { Value: var value } },
        }
        && value >= 0
        && value <= byte.MaxValue;

    /// <summary>Whether a field holds no bytes and only states a check.</summary>
    public static bool IsCheckOnly(AttributeSyntax field) =>
        field.Type is null && field.Size is IntegerLiteral { Value.IsZero: true };

    public static string NameOf(AttributeSyntax field) => field.Id!.Text;

    /// <summary>Lowers what stands under <c>valid</c>.</summary>
    public void LowerValidation(AttributeSyntax field, Scope scope, Slot? slot, List<CheckStep> checks)
    {
        if (field.Validation is null || slot?.Kind == SlotKind.Choice)
        {
            return;
        }

        Meaning? before = scope.Current;
        scope.Current = slot is null ? null : new SlotMeaning(slot);
        CheckStep? check = field.Validation switch
        {
            ValidEqual equal => Check(
                field,
                slot,
                Compare(BinaryOperator.Equal, equal.Value, scope),
                new Description(Quote(equal.Value, scope))),
            ValidRange range => LowerRange(field, range, scope, slot),
            ValidAnyOf anyOf => LowerAnyOf(field, anyOf, scope, slot),
            ValidMember => LowerMember(field, slot),
            ValidExpression expression => Check(
                field,
                slot,
                expressions.Condition(expression.Condition, scope),
                Description.Of(InWords(field))),
            _ => null,
        };
        scope.Current = before;
        if (check is not null)
        {
            checks.Add(check);
        }
    }

    private (Step?, Slot?) LowerBytes(AttributeSyntax field, Scope scope, IReadOnlyList<string> path)
    {
        if (field.Size is null)
        {
            Unsupported(field, "bytes without 'size'");
            return default;
        }

        if (field.Terminator is { Bytes.Count: not 1 } || field.Include || field.PadRight is not null || !field.Consume)
        {
            Unsupported(field, "'include', 'consume', 'pad-right' and terminators of several bytes");
            return default;
        }

        if (field.Enum is not null)
        {
            Unsupported(field, "'enum' of a field that is no integer");
            return default;
        }

        if (field.Type is not null
            && (field.Encoding ?? SpecCompiler.EncodingOf(scope.Type)) is { } encoding
            && !Encodings.Contains(encoding, StringComparer.OrdinalIgnoreCase))
        {
            Unsupported(field, "encodings other than ASCII and UTF-8");
            return default;
        }

        Value? size = expressions.Size(field.Size, scope);
        if (size is null)
        {
            return default;
        }

        Slot slot = new(SlotKind.Bytes, path) { Doc = field.Doc };
        return (new BytesStep(NameOf(field), slot, size, field.Terminator?.Bytes[0]), slot);
    }

    private (Step?, Slot?) LowerNamed(
        AttributeSyntax field,
        NamedTypeSyntax named,
        Scope scope,
        IReadOnlyList<string> path)
    {
        string id = NameOf(field);
        string name = named.Name.Parts[named.Name.Parts.Count - 1];
        if (named.Name.Parts.Count == 1
            && BuiltInType.Parse(name, SpecCompiler.EndiannessOf(scope.Type)) is { } integer)
        {
            if (BuiltInType.NeedsEndianness(name) && SpecCompiler.EndiannessOf(scope.Type) is null)
            {
                expressions.Diagnostics.Report(BindingRules.NoEndianness, named.Span, name);
                return default;
            }

            if (field.Size is not null || field.SizeToEnd || field.Terminator is not null)
            {
                Unsupported(field, "'size' and 'terminator' of an integer");
                return default;
            }

            Interval range = Interval.OfWidth(integer.Width, integer.IsSigned);
            if (IsConstantNumber(field))
            {
                BigInteger value = ((IntegerLiteral)((ValidEqual)field.Validation!).Value).Value;
                if (value < range.Low || value > range.High)
                {
                    expressions.Diagnostics.Report(LoweringRules.NeverEqual, field.Validation.Span, value);
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
                Enumeration = compiler.EnumerationOf(field.Enum, scope.Type, expressions.Diagnostics),
            };
            return (new NumberStep(id, slot, integer.Width, integer.IsSigned, integer.IsBigEndian), slot);
        }

        if (BuiltInType.IsString(named))
        {
            return field.Validation is ValidAnyOf anyOf && anyOf.Values.All(value => value is StringLiteral)
                ? LowerChoice(field, anyOf, scope, path)
                : LowerBytes(field, scope, path);
        }

        if (BuiltInType.IsReserved(named))
        {
            Unsupported(field, $"type '{name}'");
            return default;
        }

        TypeDeclaration? type = scope.Type.Unit.FindType(scope.Type, named.Name.Parts);
        if (type is null)
        {
            if (!scope.Type.Unit.LacksImport)
            {
                expressions.Diagnostics.Report(
                    BindingRules.UnknownType,
                    named.Span,
                    string.Join("::", named.Name.Parts));
            }

            return default;
        }

        if (field.Size is not null || field.SizeToEnd || field.Terminator is not null || field.Enum is not null)
        {
            Unsupported(field, "'size', 'terminator' and 'enum' of a record");
            return default;
        }

        IReadOnlyList<TypedValue>? arguments = LowerArguments(named, type, scope, arePassed: true);
        if (arguments is null)
        {
            return default;
        }

        RecordProgram record = compiler.RecordOf(type);
        Slot whole = new(SlotKind.Record, path) { Doc = field.Doc, Record = record };
        return (new RecordStep(id, whole, arguments.Select(argument => argument.Value!).ToArray()), whole);
    }

    /// <summary>Lowers a type's arguments; null after an error.</summary>
    /// <param name="named">The type with its arguments.</param>
    /// <param name="type">Its declaration.</param>
    /// <param name="scope">The names that the arguments can use.</param>
    /// <param name="arePassed">
    /// Whether parameters hold the arguments, which must fit them then; else the arguments stand for the parameters.
    /// </param>
    public IReadOnlyList<TypedValue>? LowerArguments(
        NamedTypeSyntax named,
        TypeDeclaration type,
        Scope scope,
        bool arePassed)
    {
        int expected = type.Syntax.Parameters.Count;
        if (named.Arguments.Count != expected)
        {
            expressions.Diagnostics.Report(
                BindingRules.ArgumentCount,
                named.Span,
                type.Name,
                expected,
                named.Arguments.Count);
            return null;
        }

        TypedValue?[] arguments =
        [
            .. named.Arguments.Select(
                (argument, index) => arePassed
                    ? LowerPassed(argument, compiler.ParameterOf(type.Syntax.Parameters[index], type), scope)
                    : expressions.Integer(argument, scope)),
        ];
        return arguments.Contains(null) ? null : arguments.OfType<TypedValue>().ToArray();
    }

    /// <summary>
    /// Lowers an argument that a parameter holds. It must fit the 64-bit integer that the parameter is, and be one of the
    /// parameter's type at least sometimes; null after an error.
    /// </summary>
    private TypedValue? LowerPassed(Expression argument, Slot parameter, Scope scope)
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

    private (Step?, Slot?) LowerChoice(AttributeSyntax field, ValidAnyOf anyOf, Scope scope, IReadOnlyList<string> path)
    {
        (Step? step, _) = IsShort(field, anyOf) ? LowerBytes(field, scope, path) : default;
        if (step is not BytesStep { Terminator: null, Size: var size })
        {
            if (step is not null)
            {
                Unsupported(field, "a 'terminator' of one of some strings");
            }

            return default;
        }

        Interval lengths = new IntervalEvaluator().Evaluate(size);
        foreach (Expression value in anyOf.Values)
        {
            string text = ((StringLiteral)value).Value;
            int length = Encoding.UTF8.GetByteCount(text);
            if (length < lengths.Low || length > lengths.High)
            {
                expressions.Diagnostics.Report(LoweringRules.NeverEqual, value.Span, DiagnosticText.Quote(text));
                return default;
            }
        }

        Enumeration enumeration = compiler.ChoiceOf(
            anyOf,
            () =>
            {
                EnumerationMember[] members =
                [
                    .. anyOf.Values.Select(
                        (value, index) => new EnumerationMember(index, ((StringLiteral)value).Value, null)),
                ];
                string owner = scope.Type.IsRoot ? string.Empty : scope.Type.Name + "_";
                return new Enumeration(
                    scope.Type.Unit.Id,
                    owner + NameOf(field),
                    scope.Type.IsRoot ? field.Doc : scope.Type.Syntax.Doc ?? field.Doc,
                    members,
                    isText: true);
            });
        Slot slot = new(SlotKind.Choice, path)
        {
            Doc = field.Doc,
            Range = new Interval(0, enumeration.Members.Count - 1),
            Enumeration = enumeration,
        };
        return (new ChoiceStep(NameOf(field), slot, size, AnyOf(anyOf, scope)), slot);
    }

    private bool IsShort(AttributeSyntax field, ValidAnyOf anyOf)
    {
        bool isShort = anyOf.Values.Count <= SpecCompiler.MostAlternatives;
        if (!isShort)
        {
            expressions.Diagnostics.Report(
                LoweringRules.TooLarge,
                anyOf.Span,
                NameOf(field),
                FormattableString.Invariant($"it has more than {SpecCompiler.MostAlternatives} values"));
        }

        return isShort;
    }

    private CheckStep? LowerRange(AttributeSyntax field, ValidRange range, Scope scope, Slot? slot)
    {
        Value? low = range.Minimum is null ? null : Compare(BinaryOperator.GreaterOrEqual, range.Minimum, scope);
        Value? high = range.Maximum is null ? null : Compare(BinaryOperator.LessOrEqual, range.Maximum, scope);
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
                    (range.Minimum as IntegerLiteral)?.Value ?? slot.Range.Low,
                    (range.Maximum as IntegerLiteral)?.Value ?? slot.Range.High));
        }

        return Check(field, slot, both, new Description(words));
    }

    private CheckStep? LowerAnyOf(AttributeSyntax field, ValidAnyOf anyOf, Scope scope, Slot? slot)
    {
        if (!IsShort(field, anyOf))
        {
            return null;
        }

        Value? any = null;
        List<Interval> values = [];
        foreach (Expression value in anyOf.Values)
        {
            Value? one = Compare(BinaryOperator.Equal, value, scope);
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

    private CheckStep? LowerMember(AttributeSyntax field, Slot? slot)
    {
        if (slot?.Enumeration is not { } enumeration)
        {
            expressions.Diagnostics.Report(
                BindingRules.WrongKind,
                field.Validation!.Span,
                "a field with 'enum'",
                "another");
            return null;
        }

        return Check(
            field,
            slot,
            new MembershipValue(slot),
            Description.Of($"a member of {enumeration.Name}"));
    }

    private static CheckStep? Check(
        AttributeSyntax field,
        Slot? slot,
        Value? condition,
        Description expected) =>
        condition is null
            ? null
            : new CheckStep(NameOf(field), condition, expected, slot, slot?.Enumeration);

    private Value? Compare(BinaryOperator operation, Expression value, Scope scope) =>
        expressions.Condition(
            new BinaryExpression(operation, new NameReference("_", value.Span), value, value.Span),
            scope);

    private Description AnyOf(ValidAnyOf anyOf, Scope scope)
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

    private IReadOnlyList<DescriptionPart> Quote(Expression expression, Scope scope)
    {
        switch (expression)
        {
            case EnumLabel label when expressions.Lower(label, scope).Value is IntegerValue number:
                return [new DescriptionPart($"{number.Number} ({label.Label})", null)];
            case StringLiteral text:
                return [new DescriptionPart($"\"{DiagnosticText.Escape(text.Value)}\"", null)];
            case ArrayLiteral:
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

    private static string InWords(AttributeSyntax field)
    {
        string? doc = field.Doc?.Trim();
        if (string.IsNullOrEmpty(doc))
        {
            return "a value that fulfils the field's condition";
        }

        string line = string.Join(" ", doc!.Split('\n').Select(part => part.Trim())).TrimEnd('.');
        return DiagnosticText.Escape(char.ToLowerInvariant(line[0]) + line.Substring(1));
    }

    private static bool IsConstantNumber(AttributeSyntax field) =>
        field is { Type: NamedTypeSyntax, Enum: null, Repeat: null, Validation: ValidEqual { Value: IntegerLiteral } };

    private static byte[] Encode(BigInteger value, BuiltInType type)
    {
        byte[] bytes = new byte[type.Width];
        BigInteger rest = value;
        for (int index = 0; index < type.Width; index++)
        {
            bytes[type.IsBigEndian ? type.Width - 1 - index : index] = (byte)(rest & byte.MaxValue);
            rest >>= 8;
        }

        return bytes;
    }

    private void Unsupported(AttributeSyntax field, string what) =>
        expressions.Diagnostics.Report(LoweringRules.Unsupported, field.Span, what);
}
