using Nario.Ksy.Expressions;
using Nario.Ksy.Generator.Emit;
using Nario.Ksy.Model;

namespace Nario.Ksy.Generator.Classes;

/// <summary>Writes the check of a value that was read.</summary>
internal sealed class ValidationEmitter(ClassUnit unit, ExpressionContext context, SourceWriter writer)
{
    private readonly ExpressionEmitter _expressions = new(unit, context);

    /// <summary>Writes a check.</summary>
    /// <param name="validation">What must hold.</param>
    /// <param name="type">Type of the value.</param>
    /// <param name="start">Position before it.</param>
    public void Emit(Validation validation, DataType type, Code start)
    {
        switch (validation)
        {
            case EqualValidation equal:
                Throw(Is(BinaryOperator.NotEqual, type, equal.Value), "NotEqual", start, Shown(equal.Value));
                break;
            case RangeValidation range:
                if (range.Minimum is not null)
                {
                    Throw(
                        Is(BinaryOperator.Less, type, range.Minimum), "LessThan", start, Shown(range.Minimum,
                            "at least "));
                }

                if (range.Maximum is not null)
                {
                    Throw(
                        Is(BinaryOperator.Greater, type, range.Maximum), "GreaterThan", start,
                        Shown(range.Maximum, "at most "));
                }

                break;
            case AnyOfValidation any:
                Code none = any.Values.Select(value => Is(BinaryOperator.NotEqual, type, value))
                    .Aggregate(static (left, right) => Code.Binary("&&", Precedence.And, left, right));
                Throw(none, "NotAnyOf", start, Text("one of the allowed values"));
                break;
            case MemberValidation:
                EnumModel item = unit.Model.Enum(((EnumType)type).Id);
                string labels = string.Join(
                    " or ",
                    item.Members.Select(member => unit.Names.LabelIn(context.Type.Id, item.Id, member.Label)));
                Code unknown = item.Members.Count == 0
                    ? Code.Primary("true")
                    : new Code($"{context.Item!.Value.Within(Precedence.Unary)} is not ({labels})",
                        Precedence.Relational);
                Throw(unknown, "NotInEnum", start, Text($"a value of {item.Id}"));
                break;
            case ConditionValidation condition:
                Throw(_expressions.Emit(condition.Condition).Not(), "Expr", start,
                    Text("a value that fulfils its condition"));
                break;
            default:
                throw new InvalidOperationException($"No check for {validation.GetType().Name}.");
        }
    }

    private Code Is(BinaryOperator operation, DataType type, BoundExpression value) => _expressions.Emit(
        new BinaryOperation(operation, new ItemReference(type, value.Span), value, new BooleanType(), value.Span));

    private Code Shown(BoundExpression value, string before = "")
    {
        Code shown = Code.Call("KsyText.Show", _expressions.Emit(value));
        return before.Length == 0 ? shown : Code.Binary("+", Precedence.Additive, Text(before), shown);
    }

    private static Code Text(string text) => Code.Primary(Literals.Text(text));

    private void Throw(Code condition, string kind, Code start, Code expected)
    {
        Code error = Code.Call(
            $"{ClassShape.Input}.Error",
            Code.Primary($"KsyErrorKind.Validation{kind}"),
            start,
            context.PathLiteral,
            expected,
            Code.Call("KsyText.Show", context.Item!.Value));
        using (writer.Block($"if ({condition})"))
        {
            writer.Line($"throw {error};");
        }
    }
}
