using System.Numerics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Model;
using Nario.Ksy.Runtime;

namespace Nario.Ksy.Interpretation;

/// <summary>Computes the value of an expression for an object.</summary>
/// <param name="self">The object.</param>
/// <param name="path">The member that is read or computed, for messages.</param>
internal sealed class Evaluation(ParsedObject self, string path) : BoundExpressionVisitor<object?>
{
    /// <summary>The value of <c>_</c>.</summary>
    public object? Item { get; set; }

    /// <summary>The value of <c>_index</c>.</summary>
    public int Index { get; set; }

    /// <summary>The value of <c>_on</c>.</summary>
    public object? Choice { get; set; }

    public string Path { get; } = path;

    public object? Value(BoundExpression expression) => expression.Accept(this);

    /// <summary>Computes a value that may be absent: a member that is.</summary>
    public object? Optional(BoundExpression expression) => expression is MemberReference member
        ? Object(member.Target).Get(member.Name)
        : Value(expression);

    public bool Condition(BoundExpression expression) => (bool)Value(expression)!;

    public byte[] Bytes(BoundExpression expression) => KsyValue.As<byte[]>(Value(expression), Path);

    public string Text(BoundExpression expression) => KsyValue.As<string>(Value(expression), Path);

    public Int128 Integer(BoundExpression expression) => Integer(Value(expression));

    /// <summary>Computes a size, a count or a position; too large a one fails where it is used.</summary>
    public long Size(BoundExpression expression)
    {
        Int128 value = Integer(expression);
        return value > long.MaxValue ? long.MaxValue : (long)value;
    }

    public bool IsCase(object? choice, BoundExpression value) => Compare(choice, Value(value)) == 0;

    public override object? VisitInteger(IntegerConstant expression) =>
        Convert((Int128)expression.Value, expression.Type);

    public override object? VisitFloat(FloatConstant expression) => expression.Value;

    public override object? VisitBoolean(BooleanConstant expression) => expression.Value;

    public override object? VisitString(StringConstant expression) => expression.Value;

    public override object? VisitBytes(BytesConstant expression) => expression.Value.ToArray();

    public override object? VisitEnum(EnumConstant expression) => Convert((Int128)expression.Value, expression.Type);

    public override object? VisitList(ListExpression expression) => expression.Type is BytesType
        ? expression.Elements.Select(item => (byte)Integer(item)).ToArray()
        : expression.Elements.Select(item => Convert(Value(item), ((ArrayType)expression.Type).Element)).ToList();

    public override object? VisitFormat(FormatExpression expression) =>
        string.Concat(expression.Parts.Select(part => ToText(Value(part))));

    public override object? VisitThis(ThisReference expression) => self;

    public override object? VisitParent(ParentReference expression) =>
        KsyValue.As<ParsedObject>(Object(expression.Target).KsyParent, Path);

    public override object? VisitRoot(RootReference expression) =>
        KsyValue.As<ParsedObject>(Object(expression.Target).Root, Path);

    public override object? VisitIo(IoReference expression) => Object(expression.Target).KsyIo;

    public override object? VisitItem(ItemReference expression) => Item;

    public override object? VisitIndex(IndexReference expression) => (Int128)Index;

    public override object? VisitSwitchValue(SwitchValueReference expression) => Choice;

    public override object? VisitMember(MemberReference expression) =>
        Object(expression.Target).Get(expression.Name) ?? throw KsyValue.Absent(Path);

    public override object? VisitForeignMember(ForeignMemberReference expression) =>
        Object(expression.Target).Get(expression.Name);

    public override object? VisitElement(ElementAccess expression)
    {
        long index = Size(expression.Index);
        return Value(expression.Target) is byte[] bytes
            ? (Int128)KsyValue.At(bytes, index, Path)
            : KsyValue.At(List(expression.Target), index, Path);
    }

    public override object? VisitUnary(UnaryOperation expression)
    {
        object? operand = Value(expression.Operand);
        return expression.Operator switch
        {
            UnaryOperator.Not => !(bool)operand!,
            UnaryOperator.Plus => Convert(operand, expression.Type),
            UnaryOperator.Complement => Convert(~Integer(operand), expression.Type),
            UnaryOperator.Minus when operand is double number => -number,
            UnaryOperator.Minus => Convert(-Integer(operand), expression.Type),
            _ => throw new InvalidOperationException($"No value of {expression.Operator}."),
        };
    }

    public override object? VisitBinary(BinaryOperation expression)
    {
        if (expression.Operator is BinaryOperator.And or BinaryOperator.Or)
        {
            bool isDecided = Condition(expression.Left) == (expression.Operator == BinaryOperator.Or);
            return isDecided ? expression.Operator == BinaryOperator.Or : Condition(expression.Right);
        }

        object? left = Value(expression.Left);
        object? right = Value(expression.Right);
        return expression.Operator switch
        {
            BinaryOperator.Equal => Compare(left, right) == 0,
            BinaryOperator.NotEqual => Compare(left, right) != 0,
            BinaryOperator.Less => Compare(left, right) < 0,
            BinaryOperator.LessOrEqual => Compare(left, right) <= 0,
            BinaryOperator.Greater => Compare(left, right) > 0,
            BinaryOperator.GreaterOrEqual => Compare(left, right) >= 0,
            BinaryOperator.Add when expression.Type is StringType => (string)left! + (string)right!,
            _ when expression.Type is FloatType => Compute(expression.Operator, Float(left), Float(right)),
            _ => Convert(
                Compute(expression.Operator, Integer(left), Integer(right), (IntegerType)expression.Type),
                expression.Type),
        };
    }

    public override object? VisitConditional(ConditionalOperation expression) => Convert(
        Value(Condition(expression.Condition) ? expression.WhenTrue : expression.WhenFalse), expression.Type);

    public override object? VisitCast(CastOperation expression) => Convert(Value(expression.Operand), expression.Type);

    public override object? VisitMethod(MethodCallOperation expression)
    {
        BoundExpression target = expression.Target;
        return expression.Method switch
        {
            BoundMethod.IntegerToString or BoundMethod.FloatToString => ToText(Value(target)),
            BoundMethod.FloatToInteger => (Int128)KsyMath.Truncate(Float(Value(target)), Path),
            BoundMethod.StringLength => (Int128)KsyText.Length(Text(target)),
            BoundMethod.StringReverse => KsyText.Reverse(Text(target)),
            BoundMethod.StringSubstring => KsyText.Substring(
                Text(target), Size(expression.Arguments[0]), Size(expression.Arguments[1]), Path),
            BoundMethod.StringToInteger => Convert(
                (Int128)KsyText.ToInteger(
                    Text(target), expression.Arguments.Count > 0 ? Size(expression.Arguments[0]) : 10, Path),
                expression.Type),
            BoundMethod.BytesLength => (Int128)Bytes(target).Length,
            BoundMethod.BytesFirst => (Int128)KsyValue.At(Bytes(target), 0, Path),
            BoundMethod.BytesLast => (Int128)KsyValue.At(Bytes(target), Bytes(target).Length - 1L, Path),
            BoundMethod.BytesMinimum => (Int128)KsyValue.Minimum(Bytes(target), Path),
            BoundMethod.BytesMaximum => (Int128)KsyValue.Maximum(Bytes(target), Path),
            BoundMethod.BytesToString => KsyText.EncodingOf(
                ((StringConstant)expression.Arguments[0]).Value, Path).GetString(Bytes(target)),
            BoundMethod.ArrayFirst => KsyValue.First(List(target), Path),
            BoundMethod.ArrayLast => KsyValue.Last(List(target), Path),
            BoundMethod.ArraySize => (Int128)List(target).Count,
            BoundMethod.ArrayMinimum => Extreme(List(target), -1),
            BoundMethod.ArrayMaximum => Extreme(List(target), 1),
            BoundMethod.EnumToInteger => Integer(Value(target)),
            BoundMethod.BooleanToInteger => (Int128)(Condition(target) ? 1 : 0),
            BoundMethod.IoPosition => (Int128)Stream(target).Position,
            BoundMethod.IoSize => (Int128)Stream(target).Size,
            BoundMethod.IoIsAtEnd => Stream(target).IsAtEnd,
            _ => throw new InvalidOperationException($"No value of {expression.Method}."),
        };
    }

    /// <summary>Makes a value one of a type: numbers are converted, all else must have the type already.</summary>
    public object? Convert(object? value, DataType type) => type switch
    {
        IntegerType integer => Wrap(Integer(value), integer),
        EnumType item => Labelled(Wrap(Integer(value), item.Underlying), item.Id),
        FloatType { Width: 4 } => (double)(float)Float(value),
        FloatType => Float(value),
        BooleanType => KsyValue.As<bool>(value, Path),
        StringType => KsyValue.As<string>(value, Path),
        BytesType => KsyValue.As<byte[]>(value, Path),
        StructType item when value is ParsedObject found && found.Type.Id == item.Id => value,
        StructType item => throw KsyErrors.Create(
            KsyErrorKind.Absent, 0, Path, item.Id.ToString(), (value as ParsedObject)?.Type.Id.ToString() ?? "nothing"),
        ArrayType array => KsyValue.As<List<object?>>(value, Path).ConvertAll(item => Convert(item, array.Element)),
        AnyType or AnyStructType or OpaqueType or IoType => value,
        _ => throw new InvalidOperationException($"No conversion to {type.GetType().Name}."),
    };

    public EnumValue Labelled(Int128 value, EnumId id) => new(
        id, value, self.Interpreter.Enum(id).Members.FirstOrDefault(member =>
            member.Value == (BigInteger)value)?.Label);

    public static string ToText(object? value) => value switch
    {
        Int128 number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        double number => KsyText.ToText(number),
        bool flag => KsyText.ToText(flag),
        string text => text,
        _ => KsyText.Show(value),
    };

    /// <summary>Compares two values of the same kind.</summary>
    public static int Compare(object? left, object? right) => (left, right) switch
    {
        (Int128 a, Int128 b) => a.CompareTo(b),
        (double or Int128, double or Int128) => ToDouble(left).CompareTo(ToDouble(right)),
        (string a, string b) => string.CompareOrdinal(a, b),
        (byte[] a, byte[] b) => KsyValue.Compare(a, b),
        (bool a, bool b) => a.CompareTo(b),
        (EnumValue a, EnumValue b) => a.Value.CompareTo(b.Value),
        _ => ReferenceEquals(left, right) ? 0 : 1,
    };

    private static double ToDouble(object? value) => value is Int128 number ? (double)number : (double)value!;

    private static Int128 Wrap(Int128 value, IntegerType type)
    {
        int bits = 8 * type.Width;
        Int128 modulus = Int128.One << bits;
        value &= modulus - 1;
        return type.IsSigned && value >= modulus >> 1 ? value - modulus : value;
    }

    private static double Compute(BinaryOperator operation, double left, double right) => operation switch
    {
        BinaryOperator.Add => left + right,
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Multiply => left * right,
        BinaryOperator.Divide => left / right,
        BinaryOperator.Modulo => left % right,
        _ => throw new InvalidOperationException($"No value of {operation}."),
    };

    private Int128 Compute(BinaryOperator operation, Int128 left, Int128 right, IntegerType type)
    {
        switch (operation)
        {
            case BinaryOperator.Divide or BinaryOperator.Modulo:
                if (right == 0)
                {
                    throw KsyErrors.Create(KsyErrorKind.DivisionByZero, 0, Path, "a divisor", "0");
                }

                Int128 remainder = left % right;
                bool isBelow = remainder != 0 && (remainder < 0) != (right < 0);
                return operation == BinaryOperator.Divide
                    ? (left / right) - (isBelow ? 1 : 0)
                    : remainder + (isBelow ? right : 0);
            case BinaryOperator.ShiftLeft:
                return right is var count && (count < 0 || count > 63) ? 0 : Wrap(left, type) << (int)right;
            case BinaryOperator.ShiftRight:
                return left >> (right < 0 || right > 63 ? 64 : (int)right);
            default:
                return operation switch
                {
                    BinaryOperator.Add => left + right,
                    BinaryOperator.Subtract => left - right,
                    BinaryOperator.Multiply => unchecked(left * right),
                    BinaryOperator.BitAnd => left & right,
                    BinaryOperator.BitOr => left | right,
                    BinaryOperator.BitXor => left ^ right,
                    _ => throw new InvalidOperationException($"No value of {operation}."),
                };
        }
    }

    private Int128 Integer(object? value) => value switch
    {
        Int128 number => number,
        EnumValue item => item.Value,
        double number => KsyMath.Truncate(number, Path),
        _ => KsyValue.As<Int128>(value, Path),
    };

    private double Float(object? value) => value is Int128 number ? (double)number : KsyValue.As<double>(value, Path);

    private static object? Extreme(IReadOnlyList<object?> list, int sign) =>
        list.Aggregate((best, item) => Compare(item, best) * sign > 0 ? item : best);

    private ParsedObject Object(BoundExpression expression) => KsyValue.As<ParsedObject>(Value(expression), Path);

    private List<object?> List(BoundExpression expression) => KsyValue.As<List<object?>>(Value(expression), Path);

    private KsyInput Stream(BoundExpression expression) => KsyValue.As<KsyInput>(Value(expression), Path);
}
