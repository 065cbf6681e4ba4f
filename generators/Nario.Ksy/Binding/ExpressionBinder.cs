using System.Numerics;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Model;

namespace Nario.Ksy.Binding;

/// <summary>
/// Gives the names in an expression their meaning and every part its type. After an error, which has been reported, it
/// gives null; what depends on a part without a type is then not judged.
/// </summary>
internal sealed partial class ExpressionBinder(BindingSession session)
{
    /// <summary>
    /// Deepest nesting of an expression together with the definitions that it rests on. Binding recurses over it.
    /// </summary>
    private const int MaxDepth = 400;

    private int _depth;

    /// <summary>Binds an expression of any type.</summary>
    public BoundExpression? Bind(Expression expression, ExpressionScope scope)
    {
        if (_depth >= MaxDepth)
        {
            Report(scope, BindingRules.TooDeep, expression.Span, scope.Type.Id.Name, MaxDepth);
            return null;
        }

        _depth++;
        BoundExpression? bound = BindKind(expression, scope);
        _depth--;
        return bound;
    }

    private BoundExpression? BindKind(Expression expression, ExpressionScope scope) => expression switch
    {
        IntegerLiteral literal => Integer(literal.Value, literal.Span, scope),
        FloatLiteral literal => new FloatConstant(literal.Value, literal.Span),
        BooleanLiteral literal => new BooleanConstant(literal.Value, literal.Span),
        StringLiteral literal => new StringConstant(literal.Value, literal.Span),
        FormatString format => BindFormat(format, scope),
        ArrayLiteral list => BindList(list, scope),
        EnumLabel label => BindLabel(label, scope),
        NameReference name => BindName(name, scope),
        MemberAccess member => BindMember(member, scope),
        MethodCall call => BindCall(call, scope),
        IndexAccess access => BindElement(access, scope),
        CastExpression cast => BindCast(cast, scope),
        SizeOfType size => BindSizeOf(size, scope),
        UnaryExpression unary => BindUnary(unary, scope),
        BinaryExpression binary => BindBinary(binary, scope),
        ConditionalExpression conditional => BindConditional(conditional, scope),
        _ => throw Unreachable.Case(expression),
    };

    /// <summary>Binds an expression that must give an integer.</summary>
    public BoundExpression? BindInteger(Expression expression, ExpressionScope scope) =>
        Expect<IntegerType>(Bind(expression, scope), scope, "an integer");

    /// <summary>Binds an expression that must give a truth value.</summary>
    public BoundExpression? BindCondition(Expression expression, ExpressionScope scope) =>
        Expect<BooleanType>(Bind(expression, scope), scope, "a condition");

    /// <summary>Checks the type of a value; null when it is wrong.</summary>
    public static BoundExpression? Expect<TType>(BoundExpression? value, ExpressionScope scope, string what)
        where TType : DataType
    {
        if (value is null or { Type: TType })
        {
            return value;
        }

        Report(scope, BindingRules.WrongKind, value.Span, what, DataTypes.Describe(value.Type));
        return null;
    }

    private static IntegerConstant? Integer(BigInteger value, SourceSpan span, ExpressionScope scope)
    {
        if (value < long.MinValue || value > ulong.MaxValue)
        {
            Report(scope, BindingRules.IntegerTooLarge, span, value);
            return null;
        }

        return new IntegerConstant(value, IntegerType.OfComputation(Interval.Of(value)), span);
    }

    private FormatExpression? BindFormat(FormatString format, ExpressionScope scope)
    {
        List<BoundExpression> parts = [];
        foreach (Expression part in format.Parts)
        {
            BoundExpression? bound = Bind(part, scope);
            if (bound is not null and not { Type: StringType or IntegerType or FloatType or BooleanType })
            {
                Report(
                    scope,
                    BindingRules.WrongKind,
                    part.Span,
                    "a string, a number or a condition",
                    DataTypes.Describe(bound.Type));
                bound = null;
            }

            if (bound is not null)
            {
                parts.Add(bound);
            }
        }

        return parts.Count == format.Parts.Count ? new FormatExpression(parts.ToValueList(), format.Span) : null;
    }

    private BoundExpression? BindList(ArrayLiteral list, ExpressionScope scope)
    {
        if (BindElements(list, scope) is not { } elements)
        {
            return null;
        }

        if (elements.Length > 0 && Array.TrueForAll(elements, IsByte))
        {
            return BytesOf(elements, list.Span);
        }

        return CommonElement(elements, scope) is { } element
            ? new ListExpression(elements.ToValueList(), new ArrayType(element), list.Span)
            : null;
    }

    private BoundExpression[]? BindElements(ArrayLiteral list, ExpressionScope scope)
    {
        BoundExpression?[] elements = [.. list.Elements.Select(item => Bind(item, scope))];
        return Array.TrueForAll(elements, static item => item is not null) ? [.. elements.OfType<BoundExpression>()] : null;
    }

    private static bool IsByte(BoundExpression element) => element switch
    {
        IntegerConstant constant => constant.Value >= byte.MinValue && constant.Value <= byte.MaxValue,
        _ => element.Type is IntegerType { Width: 1, IsSigned: false },
    };

    private static BoundExpression BytesOf(BoundExpression[] elements, SourceSpan span) =>
        Array.TrueForAll(elements, static item => item is IntegerConstant)
            ? new BytesConstant(elements.Select(static item => (byte)((IntegerConstant)item).Value).ToValueList(), span)
            : new ListExpression(elements.ToValueList(), new BytesType(), span);

    private static DataType? CommonElement(BoundExpression[] elements, ExpressionScope scope)
    {
        DataType? common = elements.Length == 0 ? new AnyType() : elements[0].Type;
        foreach (BoundExpression element in elements.Skip(1))
        {
            DataType? next = DataTypes.Common(common, element.Type);
            if (next is null)
            {
                Report(
                    scope,
                    BindingRules.NoCommonType,
                    element.Span,
                    DataTypes.Describe(common),
                    DataTypes.Describe(element.Type));
                return null;
            }

            common = next;
        }

        return common;
    }

    private static EnumConstant? BindLabel(EnumLabel label, ExpressionScope scope)
    {
        EnumSymbol? found = TypeReferences.FindEnum(
            label.TypePath, label.Enumeration, label.IsAbsolute, scope.Type, label.Span);
        if (found is null)
        {
            return null;
        }

        if (found.Member(label.Label) is not { } member)
        {
            Report(scope, BindingRules.UnknownLabel, label.Span, label.Enumeration, label.Label);
            return null;
        }

        EnumType type = new(found.Id, IntegerType.OfComputation(Interval.Of(member.Value)));
        return new EnumConstant(found.Id, member.Label, member.Value, type, label.Span);
    }

    private ElementAccess? BindElement(IndexAccess access, ExpressionScope scope)
    {
        BoundExpression? target = Bind(access.Target, scope);
        BoundExpression? index = BindInteger(access.Index, scope);
        if (target is null || index is null)
        {
            return null;
        }

        DataType? element = target.Type switch
        {
            ArrayType array => array.Element,
            BytesType => DataTypes.Byte,
            _ => null,
        };
        if (element is null)
        {
            Report(
                scope, BindingRules.WrongKind, access.Target.Span, "a list or bytes", DataTypes.Describe(target.Type));
            return null;
        }

        return new ElementAccess(target, index, element, access.Span);
    }

    private BoundExpression? BindCast(CastExpression cast, ExpressionScope scope)
    {
        DataType? type = TypeReferences.Resolve(cast.Type, scope.Type, cast.Type.Span);

        // Of a list literal the cast says what it is rather than what it becomes.
        if (cast.Target is ArrayLiteral list)
        {
            BoundExpression[]? elements = BindElements(list, scope);
            if (type is null || elements is null)
            {
                return null;
            }

            if (type is BytesType && Array.TrueForAll(elements, IsByte))
            {
                return BytesOf(elements, cast.Span);
            }

            if (type is ArrayType array
                && Array.TrueForAll(elements, item => DataTypes.IsAssignable(item.Type, array.Element)))
            {
                return new ListExpression(elements.ToValueList(), array, cast.Span);
            }
        }

        return Bind(cast.Target, scope) is { } operand && type is not null
            ? new CastOperation(operand, type, cast.Span)
            : null;
    }

    private IntegerConstant? BindSizeOf(SizeOfType size, ExpressionScope scope)
    {
        TypeName name = size.Type;
        string text = $"the type '{string.Join("::", name.Parts)}'";
        if (name is { Parts: [var simple], IsArray: false, IsAbsolute: false })
        {
            BigInteger? bits = BuiltInTypes.Integer(simple, out _) is { } integer ? 8 * integer.Width
                : BuiltInTypes.Float(simple, out _) is { } number ? 8 * number.Width
                : BuiltInTypes.Bits(simple)?.Width;
            if (bits is not null)
            {
                return SizeConstant(bits, size.InBits, text, size.Span, scope);
            }
        }

        return TypeReferences.ResolveUser(name, scope.Type, name.Span) switch
        {
            null => null,
            StructType item when !name.IsArray =>
                SizeConstant(session.Sizes.BitsOf(item.Id), size.InBits, text, size.Span, scope),
            _ => SizeConstant(null, size.InBits, text, size.Span, scope),
        };
    }

    private static IntegerConstant? SizeConstant(
        BigInteger? bits, bool inBits, string what, SourceSpan span, ExpressionScope scope)
    {
        if (bits is null)
        {
            Report(scope, BindingRules.NoFixedSize, span, what);
            return null;
        }

        return Integer(inBits ? bits.Value : (bits.Value + 7) / 8, span, scope);
    }

    private BoundExpression? BindUnary(UnaryExpression unary, ExpressionScope scope)
    {
        // The least integer is no negated literal.
        if (unary is { Operator: UnaryOperator.Minus, Operand: IntegerLiteral literal })
        {
            return Integer(-literal.Value, unary.Span, scope);
        }

        if (Bind(unary.Operand, scope) is not { } operand)
        {
            return null;
        }

        DataType? type = (unary.Operator, operand.Type) switch
        {
            (UnaryOperator.Not, BooleanType boolean) => boolean,
            (UnaryOperator.Plus or UnaryOperator.Minus, FloatType number) => number,
            (UnaryOperator.Plus or UnaryOperator.Minus or UnaryOperator.Complement, IntegerType integer) =>
                IntegerType.OfComputation(IntegerRanges.Of(unary.Operator, integer.Range)),
            _ => null,
        };
        if (type is null)
        {
            Report(
                scope,
                BindingRules.OperatorNotApplicable,
                unary.Span,
                TextOf(unary.Operator),
                DataTypes.Describe(operand.Type));
            return null;
        }

        return new UnaryOperation(unary.Operator, operand, type, unary.Span);
    }

    private BinaryOperation? BindBinary(BinaryExpression binary, ExpressionScope scope)
    {
        BoundExpression? left = Bind(binary.Left, scope);
        BoundExpression? right = Bind(binary.Right, scope);
        if (left is null || right is null)
        {
            return null;
        }

        // A list without elements is of no type: beside bytes it is bytes.
        left = right.Type is BytesType && binary.Left is ArrayLiteral { Elements.Count: 0 }
            ? new BytesConstant(default, left.Span)
            : left;
        right = left.Type is BytesType && binary.Right is ArrayLiteral { Elements.Count: 0 }
            ? new BytesConstant(default, right.Span)
            : right;
        DataType? type = binary.Operator switch
        {
            BinaryOperator.And or BinaryOperator.Or => TypeOfLogic(binary, left, right, scope),
            >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual =>
                IsComparable(binary.Operator, left.Type, right.Type, binary.Span, scope) ? new BooleanType() : null,
            _ => TypeOfArithmetic(binary, left.Type, right.Type, scope),
        };
        return type is null ? null : new BinaryOperation(binary.Operator, left, right, type, binary.Span);
    }

    private static BooleanType? TypeOfLogic(
        BinaryExpression binary, BoundExpression left, BoundExpression right, ExpressionScope scope)
    {
        bool isRight = true;
        foreach (BoundExpression wrong in new[] { left, right }.Where(static side => side.Type is not BooleanType))
        {
            Report(
                scope,
                BindingRules.OperatorNotApplicable,
                wrong.Span,
                TextOf(binary.Operator),
                DataTypes.Describe(wrong.Type));
            isRight = false;
        }

        return isRight ? new BooleanType() : null;
    }

    /// <summary>Whether an operator can compare values of two types; reports when it cannot.</summary>
    public static bool IsComparable(
        BinaryOperator operation, DataType left, DataType right, SourceSpan place, ExpressionScope scope)
    {
        bool ordered = operation is not (BinaryOperator.Equal or BinaryOperator.NotEqual);
        if (DataTypes.AreComparable(left, right, ordered))
        {
            return true;
        }

        Report(
            scope,
            BindingRules.NotComparable,
            place,
            DataTypes.Describe(left),
            DataTypes.Describe(right),
            TextOf(operation));
        return false;
    }

    private static DataType? TypeOfArithmetic(
        BinaryExpression binary, DataType left, DataType right, ExpressionScope scope)
    {
        bool isBitwise = binary.Operator is >= BinaryOperator.BitOr and <= BinaryOperator.ShiftRight;
        DataType? type = (left, right) switch
        {
            (IntegerType one, IntegerType other) =>
                IntegerType.OfComputation(IntegerRanges.Of(binary.Operator, one.Range, other.Range)),
            (IntegerType or FloatType, IntegerType or FloatType) when !isBitwise => new FloatType(8),
            (StringType, StringType) when binary.Operator == BinaryOperator.Add => left,
            _ => null,
        };
        if (type is null)
        {
            Report(
                scope,
                BindingRules.OperatorNotApplicable,
                binary.Span,
                TextOf(binary.Operator),
                $"{DataTypes.Describe(left)} and {DataTypes.Describe(right)}");
        }

        return type;
    }

    private ConditionalOperation? BindConditional(ConditionalExpression conditional, ExpressionScope scope)
    {
        BoundExpression? condition = BindCondition(conditional.Condition, scope);
        BoundExpression? whenTrue = Bind(conditional.WhenTrue, scope);
        BoundExpression? whenFalse = Bind(conditional.WhenFalse, scope);
        if (whenTrue is null || whenFalse is null)
        {
            return null;
        }

        DataType? type = whenTrue.Type is AnyType || whenFalse.Type is AnyType
            ? new AnyType()
            : DataTypes.Common(whenTrue.Type, whenFalse.Type);
        if (type is null)
        {
            Report(
                scope,
                BindingRules.NoCommonType,
                conditional.Span,
                DataTypes.Describe(whenTrue.Type),
                DataTypes.Describe(whenFalse.Type));
            return null;
        }

        return condition is null
            ? null
            : new ConditionalOperation(condition, whenTrue, whenFalse, type, conditional.Span);
    }

    private static void Report(ExpressionScope scope, KsyRule rule, SourceSpan place, params object[] arguments) =>
        scope.Type.Unit.Diagnostics.Report(rule, place, arguments);

    private static string TextOf(UnaryOperator operation) => operation switch
    {
        UnaryOperator.Plus => "+",
        UnaryOperator.Minus => "-",
        UnaryOperator.Complement => "~",
        UnaryOperator.Not => "not",
        _ => throw Unreachable.Case(operation),
    };

    private static string TextOf(BinaryOperator operation) => operation switch
    {
        BinaryOperator.Or => "or",
        BinaryOperator.And => "and",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.BitOr => "|",
        BinaryOperator.BitXor => "^",
        BinaryOperator.BitAnd => "&",
        BinaryOperator.ShiftLeft => "<<",
        BinaryOperator.ShiftRight => ">>",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Modulo => "%",
        _ => throw Unreachable.Case(operation),
    };
}
