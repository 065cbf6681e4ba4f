using Nario.Ksy.Expressions;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Binding;

/// <summary>Lists the expressions of a type as written, and the names in them.</summary>
internal static class SyntaxExpressions
{
    /// <summary>Gets the expressions of a type, without those of the types inside it.</summary>
    public static IEnumerable<Expression> Of(TypeSymbol type)
    {
        IEnumerable<Expression?> found = type.Fields.SelectMany(static field => Of(field.Syntax));
        foreach (InstanceSymbol instance in type.Instances)
        {
            found = found.Concat(instance switch
            {
                ValueInstanceSymbol value => [value.Syntax.Value, value.Syntax.Condition],
                ParsedInstanceSymbol parsed =>
                    Of(parsed.Syntax.Field).Append(parsed.Syntax.Position).Append(parsed.Syntax.Io),
                _ => throw Unreachable.Case(instance),
            });
        }

        if (type.Meta?.SwitchedEndian is { } endian)
        {
            found = found.Append(endian.On).Concat(endian.Cases.Select(static item => item.Value));
        }

        return found.Append(type.Syntax.Text).OfType<Expression>();
    }

    /// <summary>Gets the names in an expression, those of members included.</summary>
    public static IEnumerable<string> Names(Expression expression) => expression switch
    {
        NameReference name => [name.Name],
        MemberAccess member => Names(member.Target).Append(member.Name),
        MethodCall call => Names(call.Method.Target).Concat(call.Arguments.SelectMany(Names)),
        IndexAccess access => Names(access.Target).Concat(Names(access.Index)),
        CastExpression cast => Names(cast.Target),
        UnaryExpression unary => Names(unary.Operand),
        BinaryExpression binary => Names(binary.Left).Concat(Names(binary.Right)),
        ConditionalExpression conditional =>
            Names(conditional.Condition).Concat(Names(conditional.WhenTrue)).Concat(Names(conditional.WhenFalse)),
        ArrayLiteral list => list.Elements.SelectMany(Names),
        FormatString format => format.Parts.SelectMany(Names),
        IntegerLiteral or FloatLiteral or BooleanLiteral or StringLiteral or EnumLabel or SizeOfType => [],
        _ => throw Unreachable.Case(expression),
    };

    private static IEnumerable<Expression?> Of(AttributeSyntax field)
    {
        IEnumerable<Expression?> found = [field.Size, field.Condition, field.Parent?.Value];
        found = found.Concat(field.Process?.Arguments ?? []).Concat(Of(field.Type));
        found = field.Repeat switch
        {
            null or RepeatToEnd => found,
            RepeatCount count => found.Append(count.Count),
            RepeatUntil until => found.Append(until.Condition),
            _ => throw Unreachable.Case(field.Repeat),
        };
        return field.Validation switch
        {
            null or ValidMember => found,
            ValidEqual equal => found.Append(equal.Value),
            ValidRange range => found.Append(range.Minimum).Append(range.Maximum),
            ValidAnyOf anyOf => found.Concat(anyOf.Values),
            ValidExpression condition => found.Append(condition.Condition),
            _ => throw Unreachable.Case(field.Validation),
        };
    }

    private static IEnumerable<Expression?> Of(TypeReferenceSyntax? type) => type switch
    {
        null or InvalidTypeSyntax => [],
        NamedTypeSyntax named => named.Arguments,
        SwitchTypeSyntax choice =>
            choice.Cases.SelectMany(static item => Of(item.Type).Append(item.Value)).Append(choice.On),
        _ => throw Unreachable.Case(type),
    };
}
