using System.Numerics;
using System.Text;
using Nario.Ksy.Expressions;
using Nario.Ksy.Syntax;
using static Nario.Ksy.Expressions.BinaryOperator;

namespace Nario.Fuzz.Rules;

/// <summary>What the expressions of a structure mean.</summary>
/// <param name="Structure">The structure.</param>
/// <param name="Item">What <c>_</c> is; null: nothing.</param>
/// <param name="Index">What <c>_index</c> is.</param>
internal readonly record struct Scope(Part Structure, object? Item = null, int Index = 0)
{
    /// <summary>Gets the value of a number.</summary>
    public BigInteger Number(Expression expression) => (BigInteger)Evaluate(expression);

    /// <summary>Gets whether a condition holds.</summary>
    public bool Holds(Expression expression) => (bool)Evaluate(expression);

    /// <summary>Gets the value of an expression: a number, a truth, bytes, a string, or a part with parts of its own.</summary>
    public object Evaluate(Expression expression)
    {
        switch (expression)
        {
            case IntegerLiteral number:
                return number.Value;
            case BooleanLiteral truth:
                return truth.Value;
            case StringLiteral text:
                return text.Value;
            case ArrayLiteral array:
                Scope scope = this;
                return array.Elements.Select(element => (byte)scope.Number(element)).ToArray();
            case EnumLabel label:
                return Structure.Type!.FindLabel(label);
            case NameReference { Name: "_" }:
                return Item ?? throw new NotSupportedException("nothing is read that '_' could be");
            case NameReference { Name: "_index" }:
                return (BigInteger)Index;
            case NameReference name:
                return GetMember(Structure, name.Name);
            case MemberAccess access:
                return GetMember(Evaluate(access.Target), access.Name);
            case IndexAccess access:
                return ((Part)Evaluate(access.Target)).Parts[(int)Number(access.Index)].Value;
            case UnaryExpression { Operator: UnaryOperator.Not } not:
                return !Holds(not.Operand);
            case BinaryExpression { Operator: Add or Subtract or Multiply or Modulo } calculation:
                return Calculate(calculation);
            case BinaryExpression condition:
                return Decide(condition);
            default:
                throw new NotSupportedException($"expressions such as {expression}");
        }
    }

    /// <summary>Finds the part that an expression names, of which the value is; null: it is computed.</summary>
    public Part? Find(Expression expression)
    {
        (Part? target, string name) = expression switch
        {
            NameReference reference => (Structure, reference.Name),
            MemberAccess { Target: var inner } access => (Find(inner), access.Name),
            _ => (null, ""),
        };
        return target?.Parts.Find(part => part.Field!.Id?.Text == name);
    }

    private static object GetMember(object target, string name)
    {
        switch (target, name)
        {
            case (byte[] bytes, "length"):
                return (BigInteger)bytes.Length;
            case (byte[] bytes, "min"):
                return (BigInteger)bytes.Min();
            case (Part part, "_parent"):
                return part.Structure!;
            case (Part part, "_io"):
                return part;
            case (Part part, "eof"):
                return part.End == part.StatedEnd;
            case (Part { Type: { } type } part, _):
                if (part.Arguments.TryGetValue(name, out object? argument))
                {
                    return argument;
                }

                return part.Parts.Find(inner => inner.Field!.Id?.Text == name)?.Value
                    ?? (type.Syntax.Instances.OfType<ValueInstanceSyntax>()
                        .SingleOrDefault(item => item.Id.Text == name) is { Value: { } value }
                        ? new Scope(part).Evaluate(value)
                        : throw new NotSupportedException($"there is no {name} in {type.Name}"));
            default:
                throw new NotSupportedException($"there is no {name} of {target.GetType().Name}");
        }
    }

    private BigInteger Calculate(BinaryExpression calculation)
    {
        BigInteger left = Number(calculation.Left);
        BigInteger right = Number(calculation.Right);
        return calculation.Operator switch
        {
            Add => left + right,
            Subtract => left - right,
            Multiply => left * right,
            Modulo => ((left % right) + right) % right,
            _ => throw new NotSupportedException($"the operator {calculation.Operator}"),
        };
    }

    private bool Decide(BinaryExpression condition)
    {
        switch (condition.Operator)
        {
            case Or:
                return Holds(condition.Left) || Holds(condition.Right);
            case And:
                return Holds(condition.Left) && Holds(condition.Right);
        }

        int order = Compare(Evaluate(condition.Left), Evaluate(condition.Right));
        return condition.Operator switch
        {
            Equal => order == 0,
            NotEqual => order != 0,
            Less => order < 0,
            LessOrEqual => order <= 0,
            Greater => order > 0,
            GreaterOrEqual => order >= 0,
            _ => throw new NotSupportedException($"the operator {condition.Operator}"),
        };
    }

    private static int Compare(object left, object right) => (left, right) switch
    {
        (BigInteger first, BigInteger second) => first.CompareTo(second),
        (bool first, bool second) => first.CompareTo(second),
        (byte[] first, byte[] second) => first.AsSpan().SequenceCompareTo(second),
        (byte[] first, string second) => first.AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(second)),
        _ => throw new NotSupportedException($"a comparison of {left.GetType().Name} and {right.GetType().Name}"),
    };
}
