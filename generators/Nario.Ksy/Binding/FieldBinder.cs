using Nario.Ksy.Expressions;
using Nario.Ksy.Model;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Binding;

/// <summary>Binds fields and instances. After an error, which has been reported, it gives null.</summary>
internal sealed class FieldBinder(BindingSession session)
{
    private readonly LayoutBinder _layouts = new(session);

    private ExpressionBinder Expressions => session.Expressions;

    /// <summary>Binds an element of <c>seq</c>, or what a parsed instance reads.</summary>
    public Field? Bind(MemberSymbol member, AttributeSyntax syntax)
    {
        TypeSymbol owner = member.Owner;
        bool isRepeated = syntax.Keys.ContainsKey("repeat");
        ExpressionScope scope = new(owner);
        ExpressionScope elementScope = new(owner, HasIndex: isRepeated);
        BoundExpression? condition = syntax.Condition is null
            ? null
            : Expressions.BindCondition(syntax.Condition, scope);
        Layout? layout = _layouts.Bind(syntax, elementScope);
        Repetition? repeat = syntax.Repeat is null ? null : BindRepeat(syntax.Repeat, scope, layout?.Type);
        Validation? validation = syntax.Validation is null
            ? null
            : BindValidation(syntax.Validation, elementScope, layout?.Type);
        FieldAnnotations? annotations = AnnotationBinder.Bind(syntax, elementScope, Expressions);
        if (layout is null
            || (condition is null && syntax.Keys.ContainsKey("if"))
            || (repeat is null && isRepeated)
            || (validation is null && syntax.Keys.ContainsKey("valid"))
            || annotations is null)
        {
            return null;
        }

        return new Field(member.Name, layout, condition, repeat, validation, syntax.Doc, syntax.Span)
        {
            Annotations = annotations,
        };
    }

    /// <summary>Binds the value of a computed instance.</summary>
    public BoundExpression? BindValue(ValueInstanceSymbol instance)
    {
        if (instance.Syntax.Value is null)
        {
            return null;
        }

        BoundExpression? value = Expressions.Bind(instance.Syntax.Value, new ExpressionScope(instance.Owner));
        if (instance.Syntax.Enum is not { } name)
        {
            return value;
        }

        // The name is looked up even when the value is wrong, so that both are reported.
        if (value is null)
        {
            TypeReferences.FindEnum(name, instance.Owner);
            return null;
        }

        return TypeReferences.Enumerated(value.Type, name, instance.Owner) is { } type
            ? new CastOperation(value, type, value.Span)
            : null;
    }

    /// <summary>Binds an instance.</summary>
    public Instance? Bind(InstanceSymbol instance) => instance switch
    {
        ValueInstanceSymbol value => BindInstance(value),
        ParsedInstanceSymbol parsed => BindInstance(parsed),
        _ => throw Unreachable.Case(instance),
    };

    private ValueInstance? BindInstance(ValueInstanceSymbol instance)
    {
        // By its type first, so that a value that needs itself is found to do so.
        session.TypeOf(instance, instance.Owner.Unit, instance.Span);
        BoundExpression? value = session.Value(instance);
        BoundExpression? condition = instance.Syntax.Condition is null
            ? null
            : Expressions.BindCondition(instance.Syntax.Condition, new ExpressionScope(instance.Owner));
        return value is null || (condition is null && instance.Syntax.Condition is not null)
            ? null
            : new ValueInstance(instance.Name, value, condition, instance.Syntax.Doc, instance.Span);
    }

    private ParsedInstance? BindInstance(ParsedInstanceSymbol instance)
    {
        ExpressionScope scope = new(instance.Owner);
        ParsedInstanceSyntax syntax = instance.Syntax;
        BoundExpression? position = syntax.Position is null ? null : Expressions.BindInteger(syntax.Position, scope);
        BoundExpression? io = syntax.Io is null
            ? null
            : ExpressionBinder.Expect<IoType>(Expressions.Bind(syntax.Io, scope), scope, "a stream");
        Field? field = session.FieldOf(instance, syntax.Field);
        return field is null
            || (position is null && syntax.Position is not null)
            || (io is null && syntax.Io is not null)
                ? null
                : new ParsedInstance(instance.Name, field, position, io, instance.Span);
    }

    private Repetition? BindRepeat(RepeatSyntax repeat, ExpressionScope scope, DataType? element)
    {
        switch (repeat)
        {
            case RepeatToEnd:
                return new RepeatedToEnd();
            case RepeatCount count:
                return Expressions.BindInteger(count.Count, scope) is { } number ? new RepeatedCount(number) : null;
            case RepeatUntil until:
                ExpressionScope inner = scope with { Item = element, HasIndex = true };
                return element is not null && Expressions.BindCondition(until.Condition, inner) is { } condition
                    ? new RepeatedUntil(condition)
                    : null;
            default:
                throw Unreachable.Case(repeat);
        }
    }

    private Validation? BindValidation(ValidationSyntax validation, ExpressionScope scope, DataType? type)
    {
        switch (validation)
        {
            case ValidEqual equal:
                return BindOperand(equal.Value, BinaryOperator.Equal, scope, type) is { } value
                    ? new EqualValidation(value)
                    : null;
            case ValidRange range:
                BoundExpression? minimum = BindOperand(range.Minimum, BinaryOperator.GreaterOrEqual, scope, type);
                BoundExpression? maximum = BindOperand(range.Maximum, BinaryOperator.LessOrEqual, scope, type);
                return minimum is null == range.Minimum is null && maximum is null == range.Maximum is null
                    ? new RangeValidation(minimum, maximum)
                    : null;
            case ValidAnyOf anyOf:
                BoundExpression?[] values =
                    [.. anyOf.Values.Select(item => BindOperand(item, BinaryOperator.Equal, scope, type))];
                return values.Length > 0 && Array.TrueForAll(values, static item => item is not null)
                    ? new AnyOfValidation(values.Select(static item => item!).ToValueList())
                    : null;
            case ValidMember:
                if (type is not null and not EnumType)
                {
                    scope.Type.Unit.Diagnostics.Report(
                        BindingRules.WrongKind,
                        validation.Span,
                        "an integer with an 'enum'",
                        DataTypes.Describe(type));
                    return null;
                }

                return new MemberValidation();
            case ValidExpression condition:
                return type is not null
                    && Expressions.BindCondition(condition.Condition, scope with { Item = type }) is { } holds
                        ? new ConditionValidation(holds)
                        : null;
            default:
                throw Unreachable.Case(validation);
        }
    }

    /// <summary>Binds a value that the field's is compared with; null for none, or after an error.</summary>
    private BoundExpression? BindOperand(
        Expression? expression, BinaryOperator operation, ExpressionScope scope, DataType? type)
    {
        BoundExpression? value = expression is null ? null : Expressions.Bind(expression, scope);
        return value is null
            || (type is not null
                && !ExpressionBinder.IsComparable(operation, type, value.Type, value.Span, scope))
                ? null
                : value;
    }
}
