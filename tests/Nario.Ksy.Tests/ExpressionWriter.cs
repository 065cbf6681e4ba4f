using System.Globalization;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Tests;

/// <summary>Writes a tree with brackets around every operation, for comparing.</summary>
internal static class ExpressionWriter
{
    public static string Write(Expression? expression) => expression switch
    {
        null => "null",
        IntegerLiteral literal => literal.Value.ToString(CultureInfo.InvariantCulture),
        FloatLiteral literal => literal.Value.ToString("R", CultureInfo.InvariantCulture) + "f",
        StringLiteral literal => $"\"{literal.Value}\"",
        FormatString format => $"f({Join(format.Parts)})",
        BooleanLiteral literal => literal.Value ? "true" : "false",
        ArrayLiteral array => $"[{Join(array.Elements)}]",
        EnumLabel label => $"enum({string.Join('.', label.TypePath)};{label.Enumeration};{label.Label})",
        NameReference name => name.Name,
        MemberAccess member => $"{Write(member.Target)}.{member.Name}",
        IndexAccess index => $"{Write(index.Target)}[{Write(index.Index)}]",
        MethodCall call => $"{Write(call.Method)}({Join(call.Arguments)})",
        CastExpression cast => $"{Write(cast.Target)}.as<{Write(cast.Type)}>",
        SizeOfType size => $"{(size.InBits ? "bitsizeof" : "sizeof")}<{Write(size.Type)}>",
        UnaryExpression unary => $"({unary.Operator} {Write(unary.Operand)})",
        BinaryExpression binary => $"({Write(binary.Left)} {binary.Operator} {Write(binary.Right)})",
        ConditionalExpression conditional =>
            $"({Write(conditional.Condition)} ? {Write(conditional.WhenTrue)} : {Write(conditional.WhenFalse)})",
        _ => throw new ArgumentException(expression.GetType().Name, nameof(expression)),
    };

    public static string Write(TypeName type) => string.Join("::", type.Parts) + (type.IsArray ? "[]" : "");

    private static string Join(IEnumerable<Expression> expressions) => string.Join(", ", expressions.Select(Write));
}
