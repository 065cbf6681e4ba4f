using Nario.Ksy.Expressions;
using Nario.Ksy.Generator.Emit;
using Nario.Ksy.Model;

namespace Nario.Ksy.Generator.Classes;

/// <summary>Writes expressions as C#, each with exactly the C# type of its own type.</summary>
internal sealed class ExpressionEmitter(ClassUnit unit, ExpressionContext context) : BoundExpressionVisitor<Code>
{
    private const string Value = "KsyValue";
    private const string Text = "KsyText";
    private const string Arithmetic = "KsyMath";

    private readonly ClassNames _names = unit.Names;
    private readonly CSharpTypes _types = unit.Types;

    /// <summary>Writes an expression.</summary>
    public Code Emit(BoundExpression expression) => expression.Accept(this);

    /// <summary>Writes an expression as a value of another type.</summary>
    public Code Emit(BoundExpression expression, DataType target) => expression switch
    {
        IntegerConstant constant when target is IntegerType integer => Constants.Integer(constant.Value, integer),
        _ => Convert(Emit(expression), expression.Type, target),
    };

    /// <summary>Writes an integer as a <c>long</c> for a size, a count or a position.</summary>
    public Code EmitSize(BoundExpression expression)
    {
        Code code = Emit(expression);
        return expression.Type switch
        {
            IntegerType { Width: 8, IsSigned: false } => Code.Call($"{Arithmetic}.Size", code),
            IntegerType => code,
            _ => Code.Call($"{Value}.Integer", code, context.PathLiteral),
        };
    }

    /// <summary>Writes a value of one type as a value of another.</summary>
    public Code Convert(Code code, DataType from, DataType to) => (from, to) switch
    {
        (IntegerType a, IntegerType b) when CSharpTypes.Integer(a) == CSharpTypes.Integer(b) => code,
        (IntegerType or FloatType or EnumType, IntegerType integer) => Code.Cast(CSharpTypes.Integer(integer), code),
        (FloatType a, FloatType b) when a.Width == b.Width => code,
        (IntegerType or FloatType, FloatType) => Code.Cast(_types.Of(to), code),
        (EnumType a, EnumType b) when a.Id == b.Id => code,
        (IntegerType or EnumType, EnumType) => Code.Cast(_types.Of(to), code),
        (AnyType, IntegerType integer) =>
            Code.Cast(CSharpTypes.Integer(integer), Code.Call($"{Value}.Integer", code, context.PathLiteral)),
        (AnyType, EnumType) =>
            Code.Cast(_types.Of(to), Code.Call($"{Value}.Integer", code, context.PathLiteral)),
        (AnyType, FloatType) =>
            Code.Cast(_types.Of(to), Code.Call($"{Value}.Float", code, context.PathLiteral)),
        (OpaqueType or AnyStructType or StructType, IntegerType or FloatType or EnumType) =>
            Convert(Code.Cast("object", code), new AnyType(), to),
        (ArrayType a, ArrayType b) when _types.Of(a) != _types.Of(b) =>
            Code.Call($"{Value}.AsList<{_types.Of(b.Element)}>", code, context.PathLiteral),
        (AnyType, ArrayType array) =>
            Code.Call($"{Value}.AsList<{_types.Of(array.Element)}>", code, context.PathLiteral),
        (_, AnyType) => CSharpTypes.IsValueType(from) ? Code.Cast("object", code) : code,
        (StructType, AnyStructType) => code,
        _ when _types.Of(from) == _types.Of(to) => code,
        _ => Code.Call($"{Value}.As<{_types.Of(to)}>", code, context.PathLiteral),
    };

    public override Code VisitInteger(IntegerConstant expression) => expression.Type switch
    {
        IntegerType integer => Constants.Integer(expression.Value, integer),
        _ => Convert(
            Constants.Integer(expression.Value, IntegerType.OfComputation(Interval.Of(expression.Value))),
            IntegerType.OfComputation(Interval.Of(expression.Value)),
            expression.Type),
    };

    public override Code VisitFloat(FloatConstant expression) => Constants.Float(expression.Value);

    public override Code VisitBoolean(BooleanConstant expression) =>
        new(expression.Value ? "true" : "false", Precedence.Primary);

    public override Code VisitString(StringConstant expression) => Code.Primary(Literals.Text(expression.Value));

    public override Code VisitBytes(BytesConstant expression) => Constants.Bytes(expression.Value);

    public override Code VisitEnum(EnumConstant expression) =>
        Code.Primary(_names.LabelIn(context.Type.Id, expression.Enum, expression.Label));

    public override Code VisitList(ListExpression expression)
    {
        DataType element = expression.Type is ArrayType array ? array.Element : IntegerType.OfWidth(1, signed: false);
        string items = string.Join(", ", expression.Elements.Select(item => Emit(item, element).Text));
        return items.Length == 0
            ? Code.Primary($"global::System.Array.Empty<{_types.Of(element)}>()")
            : Code.Primary($"new {ArrayOf(element)} {{ {items} }}");
    }

    public override Code VisitFormat(FormatExpression expression) =>
        expression.Parts.Count == 0
            ? Code.Primary("\"\"")
            : expression.Parts.Select(part => part is StringConstant or FormatExpression
                    ? Emit(part)
                    : Code.Call($"{Text}.ToText", Emit(part)))
                .Aggregate(static (left, right) => Code.Binary("+", Precedence.Additive, left, right));

    public override Code VisitThis(ThisReference expression) => Code.Primary("this");

    public override Code VisitParent(ParentReference expression)
    {
        Code parent = expression.Target.Type is StructType or AnyStructType
            ? Navigate(expression.Target, "KsyParent")
            : Convert(Emit(expression.Target), expression.Target.Type, new AnyStructType()).Member("KsyParent");
        return expression.Type is AnyStructType
            ? Code.Call($"{Value}.Of", parent, context.PathLiteral)
            : Code.Call($"{Value}.As<{_types.Of(expression.Type)}>", parent, context.PathLiteral);
    }

    public override Code VisitRoot(RootReference expression) =>
        Code.Call(
            $"{Value}.Of",
            expression.Target is ThisReference && context.Root is { } root
                ? root
                : Navigate(expression.Target, ClassShape.RootProperty),
            context.PathLiteral);

    public override Code VisitIo(IoReference expression) => expression.Target.Type is StructType
        ? Navigate(expression.Target, "KsyIo")
        : Code.Call(
            $"{Value}.Of",
            Convert(Emit(expression.Target), expression.Target.Type, new AnyStructType()).Member("KsyIo"),
            context.PathLiteral);

    public override Code VisitItem(ItemReference expression) =>
        context.Item ?? throw new InvalidOperationException("No item here.");

    public override Code VisitIndex(IndexReference expression) => Convert(
        Code.Primary(context.Index ?? throw new InvalidOperationException("No index here.")),
        IntegerType.OfWidth(4, signed: true),
        expression.Type);

    public override Code VisitSwitchValue(SwitchValueReference expression) =>
        Code.Primary(context.Choice ?? throw new InvalidOperationException("No switch here."));

    /// <summary>Writes an expression whose value may be absent: a member that is.</summary>
    public Code EmitOptional(BoundExpression expression) =>
        expression is MemberReference member && unit.IsOptional(member)
            ? Navigate(member.Target, _names.Member(member.Owner, member.Name))
            : Emit(expression);

    public override Code VisitMember(MemberReference expression)
    {
        Member member = unit.Member(expression.Owner, expression.Name);
        Code code = Navigate(expression.Target, _names.Member(expression.Owner, expression.Name));
        if (unit.IsOptional(expression))
        {
            code = Code.Call($"{Value}.Of", code, context.PathLiteral);
        }

        return member.IsForeign && expression.Type is AnyStructType
            ? Code.Call($"{Value}.As<KsyObject>", code, context.PathLiteral)
            : Convert(code, member.Type, expression.Type);
    }

    public override Code VisitForeignMember(ForeignMemberReference expression) =>
        Code.Cast("object", Emit(expression.Target).Member(Names.Pascal(expression.Name)));

    public override Code VisitElement(ElementAccess expression)
    {
        Code code = Code.Call(
            $"{Value}.At", Emit(expression.Target), EmitSize(expression.Index), context.PathLiteral);
        return expression.Target.Type is BytesType
            ? Convert(code, IntegerType.OfWidth(1, signed: false), expression.Type)
            : code;
    }

    public override Code VisitUnary(UnaryOperation expression)
    {
        Code operand = expression.Operator == UnaryOperator.Not
            ? Emit(expression.Operand)
            : Emit(expression.Operand, expression.Type);
        return expression.Operator switch
        {
            UnaryOperator.Not => operand.Not(),
            UnaryOperator.Plus => operand,
            UnaryOperator.Complement => Narrowed(Code.Unary("~", operand), expression.Type),
            UnaryOperator.Minus when expression.Type is IntegerType { Width: 8, IsSigned: false } =>
                Code.Binary("-", Precedence.Additive, new Code("0UL", Precedence.Primary, true), operand),
            UnaryOperator.Minus => Narrowed(Code.Unary("-", operand), expression.Type),
            _ => throw new InvalidOperationException($"No C# for {expression.Operator}."),
        };
    }

    public override Code VisitBinary(BinaryOperation expression)
    {
        BoundExpression left = expression.Left;
        BoundExpression right = expression.Right;
        (string symbol, Precedence precedence) = Operators.Of(expression.Operator);
        switch (expression.Operator)
        {
            case BinaryOperator.And or BinaryOperator.Or:
                return Code.Binary(symbol, precedence, Emit(left), Emit(right));
            case BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.Less or BinaryOperator.LessOrEqual
                or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual:
                return Compare(expression.Operator, left, right);
            case BinaryOperator.Add when expression.Type is StringType:
                return Code.Binary(symbol, precedence, Emit(left), Emit(right));
            case BinaryOperator.Divide or BinaryOperator.Modulo when expression.Type is IntegerType type:
                return Divide(expression.Operator, left, right, type);
            case BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight:
                return Shift(expression.Operator, left, right, expression.Type);
            default:
                return Narrowed(
                    Code.Binary(
                        symbol, precedence, Emit(left, expression.Type), Emit(right, expression.Type)),
                    expression.Type);
        }
    }

    public override Code VisitConditional(ConditionalOperation expression)
    {
        Code whenTrue = Emit(expression.WhenTrue, expression.Type);
        Code whenFalse = Emit(expression.WhenFalse, expression.Type);

        // C# wants one of the two to have the common type.
        if (!CSharpTypes.IsValueType(expression.Type)
            && _types.Of(expression.WhenTrue.Type) != _types.Of(expression.WhenFalse.Type))
        {
            whenTrue = Code.Cast(_types.Of(expression.Type), whenTrue);
        }

        return Code.Conditional(Emit(expression.Condition), whenTrue, whenFalse);
    }

    public override Code VisitCast(CastOperation expression) => Emit(expression.Operand, expression.Type);

    public override Code VisitMethod(MethodCallOperation expression)
    {
        Code target = Emit(expression.Target);
        Code path = context.PathLiteral;
        return expression.Method switch
        {
            BoundMethod.IntegerToString or BoundMethod.FloatToString => Code.Call($"{Text}.ToText", target),
            BoundMethod.FloatToInteger =>
                Integer(Code.Call($"{Arithmetic}.Truncate", target, path), expression.Type),
            BoundMethod.StringLength => Size(Code.Call($"{Text}.Length", target), expression.Type),
            BoundMethod.StringReverse => Code.Call($"{Text}.Reverse", target),
            BoundMethod.StringSubstring => Code.Call(
                $"{Text}.Substring", target, EmitSize(expression.Arguments[0]), EmitSize(expression.Arguments[1]),
                    path),
            BoundMethod.StringToInteger => Integer(
                Code.Call(
                    $"{Text}.ToInteger",
                    target,
                    expression.Arguments.Count > 0 ? EmitSize(expression.Arguments[0]) : Code.Primary("10"),
                    path),
                expression.Type),
            BoundMethod.BytesLength => Size(target.Member("Length"), expression.Type),
            BoundMethod.BytesFirst => Byte(Code.Call($"{Value}.At", target, Code.Primary("0"), path), expression.Type),
            BoundMethod.BytesLast => Byte(
                Code.Call($"{Value}.Last", target, path), expression.Type),
            BoundMethod.BytesMinimum => Byte(Code.Call($"{Value}.Minimum", target, path), expression.Type),
            BoundMethod.BytesMaximum => Byte(Code.Call($"{Value}.Maximum", target, path), expression.Type),
            BoundMethod.BytesToString => Code.Call(
                $"{Encodings.Of(((StringConstant)expression.Arguments[0]).Value, path)}.GetString", target),
            BoundMethod.ArrayFirst => Code.Call($"{Value}.First", target, path),
            BoundMethod.ArrayLast => Code.Call($"{Value}.Last", target, path),
            BoundMethod.ArraySize => Size(target.Member("Count"), expression.Type),
            BoundMethod.ArrayMinimum => Code.Call($"{Value}.Minimum", target, path),
            BoundMethod.ArrayMaximum => Code.Call($"{Value}.Maximum", target, path),
            BoundMethod.EnumToInteger => Convert(target, expression.Target.Type, expression.Type),
            BoundMethod.BooleanToInteger => Size(
                Code.Conditional(target, Code.Primary("1"), Code.Primary("0")), expression.Type),
            BoundMethod.IoPosition => Integer(target.Member("Position"), expression.Type),
            BoundMethod.IoSize => Integer(target.Member("Size"), expression.Type),
            BoundMethod.IoIsAtEnd => target.Member("IsAtEnd"),
            _ => throw new InvalidOperationException($"No C# for {expression.Method}."),
        };
    }

    /// <summary>Writes whether the value of a switch is that of a case.</summary>
    public Code IsCase(BoundExpression choice, BoundExpression value) => Compare(
        BinaryOperator.Equal, new SwitchValueReference(choice.Type, choice.Span), value);

    /// <summary>Writes the argument of a routine of the program, to which wide integers are <c>long</c>.</summary>
    public Code EmitForeign(BoundExpression expression) => expression.Type is IntegerType { Width: 8 }
        ? Emit(expression, IntegerType.OfWidth(8, signed: true))
        : Emit(expression);

    /// <summary>Names a member of an object; one of this object stands alone.</summary>
    private Code Navigate(BoundExpression target, string member) =>
        target is ThisReference ? Code.Primary(member) : Emit(target).Member(member);

    private Code Integer(Code code, DataType to) => Convert(code, IntegerType.OfWidth(8, signed: true), to);

    private Code Size(Code code, DataType to) => Convert(code, IntegerType.OfWidth(4, signed: true), to);

    private Code Byte(Code code, DataType to) => Convert(code, IntegerType.OfWidth(1, signed: false), to);

    /// <summary>Converts back to a type that is narrower than C# computes in.</summary>
    private static Code Narrowed(Code code, DataType type) => type is IntegerType { Width: < 4 } integer
        ? Code.Cast(CSharpTypes.Integer(integer), code)
        : code;

    private string ArrayOf(DataType element)
    {
        // The length of an array of arrays stands before the other brackets.
        string type = _types.Of(element);
        return type == "byte[]" ? "byte[][]" : $"{type}[]";
    }

    private Code Divide(BinaryOperator operation, BoundExpression left, BoundExpression right, IntegerType type)
    {
        IntegerType wide = Holding(type, left.Type, right.Type);
        Code dividend = Emit(left, wide);
        Code divisor = Emit(right, wide);
        bool isPlain = right is IntegerConstant { Value.Sign: > 0 }
            && left.Type is IntegerType { Range.Low.Sign: >= 0 };
        (string symbol, Precedence precedence) = Operators.Of(operation);
        Code result = isPlain
            ? Code.Binary(symbol, precedence, dividend, divisor)
            : Code.Call(
                $"{Arithmetic}.{(operation == BinaryOperator.Divide ? "Divide" : "Modulo")}",
                dividend,
                divisor,
                context.PathLiteral);
        return Convert(result, wide, type);
    }

    private Code Shift(BinaryOperator operation, BoundExpression left, BoundExpression right, DataType type)
    {
        (string symbol, Precedence precedence) = Operators.Of(operation);
        IntegerType wide = operation == BinaryOperator.ShiftLeft
            ? (IntegerType)type
            : Holding((IntegerType)type, left.Type, type);
        int width = wide.Width >= 8 ? 64 : 32;
        Code value = Emit(left, wide);
        Code result = right is IntegerConstant constant && constant.Value >= 0 && constant.Value < width
            ? Code.Binary(
                symbol, precedence, value, Constants.Integer(constant.Value, IntegerType.OfWidth(4, signed: true)))
            : Code.Call(
                $"{Arithmetic}.{(operation == BinaryOperator.ShiftLeft ? "ShiftLeft" : "ShiftRight")}",
                value,
                EmitSize(right));
        return operation == BinaryOperator.ShiftLeft ? Narrowed(result, type) : Convert(result, wide, type);
    }

    /// <summary>Gets the type to compute in where the result depends on all bits of the operands.</summary>
    private static IntegerType Holding(IntegerType result, DataType left, DataType right)
    {
        Interval range = result.Range;
        foreach (IntegerType operand in new[] { left, right }.OfType<IntegerType>())
        {
            range = range.Union(operand.Range);
        }

        return IntegerType.OfComputation(range);
    }

    private Code Compare(BinaryOperator operation, BoundExpression left, BoundExpression right)
    {
        (string symbol, Precedence precedence) = Operators.Of(operation);
        bool isEquality = operation is BinaryOperator.Equal or BinaryOperator.NotEqual;
        switch (left.Type, right.Type)
        {
            case (IntegerType a, IntegerType b):
                return Code.Binary(symbol, precedence, Comparable(left, a, b), Comparable(right, b, a));
            case (IntegerType or FloatType, IntegerType or FloatType):
            case (BooleanType, BooleanType):
            case (EnumType, EnumType):
                return Code.Binary(symbol, precedence, Emit(left), Emit(right));
            case (StringType, StringType):
                return isEquality
                    ? Code.Binary(symbol, precedence, Emit(left), Emit(right))
                    : AgainstZero(Code.Call("global::System.String.CompareOrdinal", Emit(left), Emit(right)));
            case (BytesType, BytesType) when isEquality:
                Code equal = Code.Call($"{Value}.AreEqual", Emit(left), Emit(right));
                return operation == BinaryOperator.Equal ? equal : equal.Not();
            case (BytesType, BytesType):
                return AgainstZero(Code.Call($"{Value}.Compare", Emit(left), Emit(right)));
            case (IntegerType or FloatType or EnumType, AnyType):
                return Code.Binary(symbol, precedence, Emit(left), Emit(right, left.Type));
            case (AnyType, IntegerType or FloatType or EnumType):
                return Code.Binary(symbol, precedence, Emit(left, right.Type), Emit(right));
            default:
                Code same = Code.Call("object.Equals", Emit(left), Emit(right));
                return operation == BinaryOperator.Equal ? same : same.Not();
        }

        Code AgainstZero(Code code) => Code.Binary(symbol, precedence, code, Code.Primary("0"));
    }

    /// <summary>Writes one side of a comparison so that C# compares the numbers that both sides are.</summary>
    private Code Comparable(BoundExpression side, IntegerType own, IntegerType other)
    {
        bool isMixed = (IsLarge(own) && other.IsSigned) || (IsLarge(other) && own.IsSigned);
        if (!isMixed)
        {
            return Emit(side);
        }

        IntegerType signed = IntegerType.OfWidth(8, signed: true);
        IntegerType unsigned = IntegerType.OfWidth(8, signed: false);
        bool fitsUnsigned = own.Range.IsUnsigned && other.Range.IsUnsigned;
        bool fitsSigned = own.Range.IsSigned && other.Range.IsSigned;
        return fitsUnsigned ? Emit(side, unsigned)
            : fitsSigned ? Emit(side, signed)
            : Code.Cast("global::System.Int128", Emit(side));

        static bool IsLarge(IntegerType type) => type is { Width: 8, IsSigned: false };
    }
}
