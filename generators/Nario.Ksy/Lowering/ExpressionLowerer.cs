using System.Numerics;
using System.Text;
using Nario.Ksy.Binding;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>Gives the names of an expression their meaning and checks its parts against each other.</summary>
internal sealed class ExpressionLowerer(DiagnosticBag diagnostics)
{
    /// <summary>
    /// Deepest nesting of an expression with the instances that it names. Lowering and writing code recurse over it.
    /// </summary>
    private const int DeepestExpression = 400;

    /// <summary>Most operations of all expressions of a type with the instances that they name.</summary>
    private const int MostOperations = 64 * 1024;

    private readonly Dictionary<(Slot Record, Slot Part), Slot> _parts = [];
    private int _depth;
    private int _operations;

    /// <summary>Takes what is wrong: of the file that the expressions at hand stand in.</summary>
    public DiagnosticBag Diagnostics { get; set; } = diagnostics;

    /// <summary>
    /// Whether the arguments of the type at hand are unknown, as it is not used anywhere: then no value can be found to
    /// be out of its range.
    /// </summary>
    public bool IsTrial { get; set; }

    /// <summary>Lowers an expression that must give a number of bytes; null after an error.</summary>
    public Value? Size(BoundExpression expression, Scope scope)
    {
        TypedValue? size = Integer(expression, scope);
        if (size is not null && size.Range.Low < 0 && !IsTrial)
        {
            Diagnostics.Report(LoweringRules.Negative, expression.Span, size.Range.Low);
            return null;
        }

        if (size is not null && size.Range.Low > long.MaxValue)
        {
            Diagnostics.Report(
                LoweringRules.TooLarge,
                expression.Span,
                scope.Type.Name,
                FormattableString.Invariant($"it would take {size.Range.Low} bytes"));
            return null;
        }

        return size?.Value;
    }

    /// <summary>Lowers an expression that must give an integer; null after an error.</summary>
    public TypedValue? Integer(BoundExpression expression, Scope scope) =>
        OfKind(expression, scope, ValueKind.Integer, "an integer");

    /// <summary>Lowers an expression that must give a truth value; null after an error.</summary>
    public Value? Condition(BoundExpression expression, Scope scope) =>
        OfKind(expression, scope, ValueKind.Boolean, "a condition")?.Value;

    /// <summary>Lowers an expression of any kind.</summary>
    public TypedValue Lower(BoundExpression expression, Scope scope)
    {
        if (_depth >= DeepestExpression || _operations >= MostOperations)
        {
            if (_operations != int.MaxValue)
            {
                Diagnostics.Report(
                    LoweringRules.TooLarge,
                    expression.Span,
                    scope.Type.Name,
                    "its expressions have too many operations");
            }

            // Once is enough to say it, and whatever is still to come must not take long.
            _operations = int.MaxValue;
            return TypedValue.Error;
        }

        _depth++;
        _operations++;
        TypedValue value = LowerKind(expression, scope);
        _depth--;
        return value;
    }

    private TypedValue LowerKind(BoundExpression expression, Scope scope) =>
        expression.Accept(new Dispatch(this, scope));

    /// <summary>Gets the slot of a part of a record, the same one each time.</summary>
    public Slot PartOf(Slot record, Slot part)
    {
        if (!_parts.TryGetValue((record, part), out Slot? slot))
        {
            slot = new Slot(part.Kind, [.. record.Path, part.Name])
            {
                Doc = part.Doc,
                Range = part.Range,
                Width = part.Width,
                IsSigned = part.IsSigned,
                Enumeration = part.Enumeration,
                Record = part.Record,
                Parent = record,
            };
            _parts.Add((record, part), slot);
        }

        return slot;
    }

    public static TypedValue Of(Slot slot) =>
        slot.Kind switch
        {
            SlotKind.Integer => new TypedValue(new SlotValue(slot), ValueKind.Integer, slot.Range),
            SlotKind.Choice => new TypedValue(new SlotValue(slot), ValueKind.Choice, slot.Range),
            SlotKind.Bytes => new TypedValue(new SlotValue(slot), ValueKind.Bytes),
            _ => new TypedValue(new SlotValue(slot), ValueKind.Structure, Meaning: new SlotMeaning(slot)),
        };

    private TypedValue? OfKind(BoundExpression expression, Scope scope, ValueKind kind, string expected)
    {
        TypedValue value = Lower(expression, scope);
        if (value.Kind == kind)
        {
            return value;
        }

        if (value.Kind != ValueKind.Nothing)
        {
            Diagnostics.Report(BindingRules.WrongKind, expression.Span, expected, Describe(value.Kind));
        }

        return null;
    }

    private TypedValue LowerMember(MemberReference member, Scope scope)
    {
        if (member.Target is not ThisReference)
        {
            return LowerPart(member, Lower(member.Target, scope));
        }

        if (scope[member.Name] is { } meaning)
        {
            return Of(meaning);
        }

        if (scope.Type.ValueInstance(member.Name) is { } instance)
        {
            return Lower(instance.Value, scope);
        }

        return member.Kind == MemberKind.Instance
            ? NeedsClass(member, "a parsed instance seeks in its input")
            : Unsupported(member, $"'{member.Name}' before it has been read, or of a list");
    }

    private static TypedValue Of(Meaning meaning) =>
        meaning switch
        {
            SlotMeaning slot => Of(slot.Slot),
            ExpressionMeaning expression => expression.Value,
            _ => new TypedValue(null, ValueKind.Structure, Meaning: meaning),
        };

    private TypedValue LowerPart(MemberReference member, TypedValue target)
    {
        switch (target.Kind)
        {
            case ValueKind.Nothing:
                return target;
            case ValueKind.Structure
                when target.Meaning is StructureMeaning structure && structure.Fields[member.Name] is { } meaning:
                return Of(meaning);
            case ValueKind.Structure when target.Meaning is SlotMeaning record:
                RecordProgram program = record.Slot.Record!;
                if (program.Values.Find(slot => slot.Name == member.Name) is { } part)
                {
                    return Of(PartOf(record.Slot, part));
                }

                if (program.Derived.FirstOrDefault(pair => pair.Key.Name == member.Name) is
                    { Key: { } length, Value: { Kind: SlotKind.Bytes } measured })
                {
                    return new TypedValue(
                        new LengthValue(new SlotValue(PartOf(record.Slot, measured))),
                        ValueKind.Integer,
                        length.Range);
                }

                // What is missing may have been refused already, or be there in a form that has no value of its own.
                return Diagnostics.HasErrors
                    ? TypedValue.Error
                    : Unsupported(member, $"'.{member.Name}' of this record");
            default:
                return Unsupported(member, $"'.{member.Name}' of {Describe(target.Kind)}");
        }
    }

    private TypedValue LowerMethod(MethodCallOperation call, Scope scope)
    {
        if (call.Method is BoundMethod.IoIsAtEnd or BoundMethod.IoPosition or BoundMethod.IoSize)
        {
            return NeedsClass(call, "it asks for its stream");
        }

        TypedValue target = Lower(call.Target, scope);
        switch (call.Method)
        {
            case var _ when target.Kind == ValueKind.Nothing:
                return target;
            case BoundMethod.BytesLength:
                return new TypedValue(new LengthValue(target.Value!), ValueKind.Integer, new Interval(0, int.MaxValue));
            case BoundMethod.BytesMinimum:
                return new TypedValue(
                    new LeastByteValue(target.Value!), ValueKind.Integer, Interval.OfWidth(1, signed: false));
            case BoundMethod.EnumToInteger:
                return target;
            default:
                return Unsupported(call, "this method");
        }
    }

    private TypedValue LowerUnary(UnaryOperation unary, Scope scope)
    {
        if (unary.Operator == UnaryOperator.Not)
        {
            Value? operand = Condition(unary.Operand, scope);
            return operand switch
            {
                null => TypedValue.Error,
                BooleanValue constant => new TypedValue(new BooleanValue(!constant.IsTrue), ValueKind.Boolean),
                _ => new TypedValue(new NotValue(operand), ValueKind.Boolean),
            };
        }

        return unary.Operator == UnaryOperator.Plus
            ? Lower(unary.Operand, scope)
            : Unsupported(unary, "this unary operator");
    }

    private TypedValue LowerConditional(ConditionalOperation conditional, Scope scope)
    {
        Value? condition = Condition(conditional.Condition, scope);
        TypedValue? whenTrue = Integer(conditional.WhenTrue, scope);
        TypedValue? whenFalse = Integer(conditional.WhenFalse, scope);
        if (condition is null || whenTrue is null || whenFalse is null)
        {
            return TypedValue.Error;
        }

        // What is constant stays so, or the size of a field could be a constant of C# that is not known to be one.
        if (condition is BooleanValue constant)
        {
            return constant.IsTrue ? whenTrue : whenFalse;
        }

        Interval range = whenTrue.Range.Union(whenFalse.Range);
        return Fits(range, conditional, whenTrue, whenFalse)
            ? new TypedValue(
                new ConditionalValue(condition, whenTrue.Value!, whenFalse.Value!),
                ValueKind.Integer,
                range)
            : TypedValue.Error;
    }

    private TypedValue LowerBinary(BinaryOperation binary, Scope scope)
    {
        if (binary.Operator is BinaryOperator.And or BinaryOperator.Or)
        {
            Value? first = Condition(binary.Left, scope);
            Value? second = Condition(binary.Right, scope);
            return first is null || second is null
                ? TypedValue.Error
                : new TypedValue(Join(binary.Operator == BinaryOperator.And, first, second), ValueKind.Boolean);
        }

        TypedValue left = Lower(binary.Left, scope);
        TypedValue right = Lower(binary.Right, scope);
        if (left.Kind == ValueKind.Nothing || right.Kind == ValueKind.Nothing)
        {
            return TypedValue.Error;
        }

        return binary.Operator is >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual
            ? LowerComparison(binary, left, right)
            : LowerArithmetic(binary, left, right);
    }

    private TypedValue LowerComparison(BinaryOperation binary, TypedValue left, TypedValue right)
    {
        if (left.Kind == ValueKind.Choice && right is { Kind: ValueKind.Text, Text: { } text })
        {
            EnumerationMember? member = left.Slot!.Enumeration!.Members.FirstOrDefault(item =>
                item.Label == text);
            if (member is null)
            {
                Diagnostics.Report(LoweringRules.NeverEqual, binary.Right.Span, DiagnosticText.Quote(text));
                return TypedValue.Error;
            }

            if (binary.Operator is not (BinaryOperator.Equal or BinaryOperator.NotEqual))
            {
                return Unsupported(binary, "the order of strings");
            }

            return new TypedValue(
                new ComparisonValue(binary.Operator, left.Value!, new IntegerValue(member.Value), OfBytes: false),
                ValueKind.Boolean);
        }

        if (left.Kind == ValueKind.Integer && right.Kind == ValueKind.Integer)
        {
            if (left.Value is IntegerValue one && right.Value is IntegerValue other)
            {
                return new TypedValue(
                    new BooleanValue(Holds(binary.Operator, one.Number.CompareTo(other.Number))),
                    ValueKind.Boolean);
            }

            return Fits(left.Range.Union(right.Range), binary, left, right)
                ? new TypedValue(
                    new ComparisonValue(binary.Operator, left.Value!, right.Value!, OfBytes: false),
                    ValueKind.Boolean)
                : TypedValue.Error;
        }

        if (left.Kind is ValueKind.Bytes or ValueKind.Text && right.Kind is ValueKind.Bytes or ValueKind.Text)
        {
            if (left.Value is BytesValue && right.Value is BytesValue)
            {
                return Unsupported(binary, "the comparison of two constants");
            }

            return new TypedValue(
                new ComparisonValue(binary.Operator, left.Value!, right.Value!, OfBytes: true),
                ValueKind.Boolean);
        }

        Diagnostics.Report(BindingRules.WrongKind, binary.Right.Span, Describe(left.Kind), Describe(right.Kind));
        return TypedValue.Error;
    }

    private TypedValue LowerArithmetic(BinaryOperation binary, TypedValue left, TypedValue right)
    {
        if (left.Kind != ValueKind.Integer || right.Kind != ValueKind.Integer)
        {
            TypedValue wrong = left.Kind != ValueKind.Integer ? left : right;
            Diagnostics.Report(
                BindingRules.WrongKind,
                (wrong == left ? binary.Left : binary.Right).Span,
                "an integer",
                Describe(wrong.Kind));
            return TypedValue.Error;
        }

        Interval? range = Combine(binary.Operator, left.Range, right.Range);
        if (range is null)
        {
            return Unsupported(binary, "this operation on integers that may be negative, or a divisor that may be 0");
        }

        if (left.Value is IntegerValue && right.Value is IntegerValue && range.Value.Low == range.Value.High)
        {
            return LowerInteger(range.Value.Low, binary);
        }

        return Fits(range.Value.Union(left.Range).Union(right.Range), binary, left, right)
            ? new TypedValue(
                new ArithmeticValue(binary.Operator, left.Value!, right.Value!, range.Value),
                ValueKind.Integer,
                range.Value)
            : TypedValue.Error;
    }

    private TypedValue LowerInteger(BigInteger number, BoundExpression expression)
    {
        TypedValue value = new(new IntegerValue(number), ValueKind.Integer, Interval.Of(number));
        return Fits(value.Range, expression) ? value : TypedValue.Error;
    }

    /// <summary>Whether 64 bits hold whatever an operation handles; they have no sign where that is what it takes.</summary>
    private bool Fits(Interval range, BoundExpression expression, params TypedValue[] operands)
    {
        if (range.IsSigned || IsTrial)
        {
            return true;
        }

        if (!range.IsUnsigned)
        {
            Diagnostics.Report(LoweringRules.Overflow, expression.Span, range.Low, range.High);
            return false;
        }

        if (operands.All(operand => ValueSign.IsUnsigned(operand.Value!)))
        {
            return true;
        }

        Unsupported(expression, "an integer of a type with sign together with integers beyond 63 bits");
        return false;
    }

    private static Value Join(bool isAnd, Value first, Value second) =>
        first is BooleanValue left ? left.IsTrue == isAnd ? second : first
        : second is BooleanValue right && right.IsTrue == isAnd ? first
        : new LogicalValue(isAnd, first, second);

    private static bool Holds(BinaryOperator operation, int order) =>
        operation switch
        {
            BinaryOperator.Equal => order == 0,
            BinaryOperator.NotEqual => order != 0,
            BinaryOperator.Less => order < 0,
            BinaryOperator.LessOrEqual => order <= 0,
            BinaryOperator.Greater => order > 0,
            _ => order >= 0,
        };

    /// <summary>Gets what an operation can give; null where that is not worked out.</summary>
    public static Interval? Combine(BinaryOperator operation, Interval left, Interval right)
    {
        switch (operation)
        {
            case BinaryOperator.Add:
                return new Interval(left.Low + right.Low, left.High + right.High);
            case BinaryOperator.Subtract:
                return new Interval(left.Low - right.High, left.High - right.Low);
            case BinaryOperator.Multiply:
                BigInteger[] corners =
                [
                    left.Low * right.Low,
                    left.Low * right.High,
                    left.High * right.Low,
                    left.High * right.High,
                ];
                return new Interval(corners.Min(), corners.Max());
            case BinaryOperator.Divide
            or BinaryOperator.Modulo
            or BinaryOperator.BitAnd when left.Low == left.High && right.Low == right.High:
                return left.Low < 0 || right.Low < 0 || (operation != BinaryOperator.BitAnd && right.Low == 0)
                    ? null
                    : Interval.Of(
                        operation switch
                        {
                            BinaryOperator.Divide => left.Low / right.Low,
                            BinaryOperator.Modulo => left.Low % right.Low,
                            _ => left.Low & right.Low,
                        });
            case BinaryOperator.Divide when left.Low >= 0 && right.Low > 0:
                return new Interval(left.Low / right.High, left.High / right.Low);
            case BinaryOperator.Modulo when left.Low >= 0 && right.Low > 0:
                return new Interval(0, BigInteger.Min(left.High, right.High - 1));
            case BinaryOperator.BitAnd when left.Low >= 0 && right.Low >= 0:
                return new Interval(0, BigInteger.Min(left.High, right.High));
            default:
                return null;
        }
    }

    private TypedValue NeedsClass(BoundExpression expression, string why)
    {
        Diagnostics.Report(LoweringRules.NeedsClass, expression.Span, NameIn(expression), why);
        return TypedValue.Error;
    }

    private static string NameIn(BoundExpression expression) => expression switch
    {
        MemberReference member => member.Name,
        ParentReference => "_parent",
        RootReference => "_root",
        _ => "_io",
    };

    private TypedValue Unsupported(BoundExpression expression, string what)
    {
        Diagnostics.Report(LoweringRules.Unsupported, expression.Span, what);
        return TypedValue.Error;
    }

    private static string Describe(ValueKind kind) =>
        kind switch
        {
            ValueKind.Integer => "an integer",
            ValueKind.Boolean => "a condition",
            ValueKind.Bytes => "bytes",
            ValueKind.Text or ValueKind.Choice => "a string",
            _ => "a structure",
        };

    /// <summary>Chooses by the kind of an expression.</summary>
    private sealed class Dispatch(ExpressionLowerer lowerer, Scope scope) : BoundExpressionVisitor<TypedValue>
    {
        public override TypedValue VisitInteger(IntegerConstant expression) =>
            lowerer.LowerInteger(expression.Value, expression);

        public override TypedValue VisitFloat(FloatConstant expression) =>
            lowerer.Unsupported(expression, "floating-point numbers");

        public override TypedValue VisitBoolean(BooleanConstant expression) =>
            new(new BooleanValue(expression.Value), ValueKind.Boolean);

        public override TypedValue VisitString(StringConstant expression) => new(
            new BytesValue(Encoding.UTF8.GetBytes(expression.Value)), ValueKind.Text, Text: expression.Value);

        public override TypedValue VisitBytes(BytesConstant expression) =>
            new(new BytesValue(expression.Value), ValueKind.Bytes);

        public override TypedValue VisitEnum(EnumConstant expression) =>
            new(new IntegerValue(expression.Value), ValueKind.Integer, Interval.Of(expression.Value));

        public override TypedValue VisitList(ListExpression expression) =>
            lowerer.Unsupported(expression, "lists of anything but constant bytes");

        public override TypedValue VisitFormat(FormatExpression expression) =>
            lowerer.Unsupported(expression, "format strings");

        public override TypedValue VisitThis(ThisReference expression) =>
            lowerer.Unsupported(expression, "an object as a value");

        public override TypedValue VisitParent(ParentReference expression) =>
            lowerer.NeedsClass(expression, "an object that is read forward does not keep what contains it");

        public override TypedValue VisitRoot(RootReference expression) =>
            lowerer.NeedsClass(expression, "an object that is read forward does not keep what contains it");

        public override TypedValue VisitIo(IoReference expression) =>
            lowerer.NeedsClass(expression, "it asks for its stream");

        public override TypedValue VisitItem(ItemReference expression) =>
            scope.Current is { } meaning ? Of(meaning) : lowerer.Unsupported(expression, "'_' of this field");

        public override TypedValue VisitIndex(IndexReference expression) =>
            scope.Index ?? lowerer.Unsupported(expression, "'_index' here");

        public override TypedValue VisitSwitchValue(SwitchValueReference expression) =>
            lowerer.Unsupported(expression, "'_on'");

        public override TypedValue VisitMember(MemberReference expression) => lowerer.LowerMember(expression, scope);

        public override TypedValue VisitForeignMember(ForeignMemberReference expression) =>
            lowerer.NeedsClass(expression, "the type of the object is the program's own");

        public override TypedValue VisitElement(ElementAccess expression) =>
            lowerer.Unsupported(expression, "elements of lists and bytes");

        public override TypedValue VisitUnary(UnaryOperation expression) => lowerer.LowerUnary(expression, scope);

        public override TypedValue VisitBinary(BinaryOperation expression) => lowerer.LowerBinary(expression, scope);

        public override TypedValue VisitConditional(ConditionalOperation expression) =>
            lowerer.LowerConditional(expression, scope);

        public override TypedValue VisitCast(CastOperation expression) =>
            lowerer.Unsupported(expression, "casts");

        public override TypedValue VisitMethod(MethodCallOperation expression) =>
            lowerer.LowerMethod(expression, scope);
    }
}
