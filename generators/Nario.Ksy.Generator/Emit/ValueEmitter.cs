using System.Globalization;
using Nario.Ksy.Expressions;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Writes expressions over slots as C#.</summary>
/// <param name="access">How a slot that is no part of a record is named.</param>
internal sealed class ValueEmitter(Func<Slot, string> access)
{
    /// <summary>Writes the name of a slot's value.</summary>
    public string Access(Slot slot)
    {
        if (slot.Parent is not { } parent)
        {
            return access(slot);
        }

        // Programs that keep a part keep it by itself; elsewhere it is reached through its record.
        string direct = access(slot);
        if (direct.Length > 0)
        {
            return direct;
        }

        string whole = Access(parent);
        return parent.Record!.Values.Count == 1 ? whole : $"{whole}.{Names.Pascal(slot.Name)}";
    }

    /// <summary>Writes an integer as <c>ulong</c>, or as <c>long</c> where it can be negative.</summary>
    public string Integer(Value value) => Integer(value, IsUnsigned(value));

    /// <summary>Writes an integer as <c>int</c>; it must fit.</summary>
    public string Int32(Value value) => value is IntegerValue integer ? Number(integer) : $"(int)({Integer(value)})";

    /// <summary>Writes a condition.</summary>
    public string Condition(Value value) => Condition(value, isNegated: false);

    /// <summary>Writes the opposite of a condition.</summary>
    public string Negated(Value value) => Condition(value, isNegated: true);

    /// <summary>Writes a description as a string expression.</summary>
    public string Describe(Description description)
    {
        if (description.Parts.All(part => part.Value is null))
        {
            return Literals.Text(string.Concat(description.Parts.Select(part => part.Text)));
        }

        return "$\"" + string.Concat(description.Parts.Select(part => part.Value is null
            ? Literals.Text(part.Text!).Trim('"').Replace("{", "{{").Replace("}", "}}")
            : $"{{{Integer(part.Value)}}}")) + "\"";
    }

    /// <summary>Writes an integer as an argument for a parameter.</summary>
    public string Argument(Slot parameter, Value value)
    {
        string type = TypeNames.Of(parameter);
        string text = Integer(value);
        return value is IntegerValue || type == (IsUnsigned(value) ? "ulong" : "long") ? text : $"({type})({text})";
    }

    private static string Number(IntegerValue value) => value.Number.ToString(CultureInfo.InvariantCulture);

    private string Integer(Value value, bool asUnsigned)
    {
        switch (value)
        {
            case IntegerValue integer:
                return Number(integer);
            case SlotValue { Slot: var slot }:
                string name = Access(slot);
                bool isEnumeration = TypeNames.Essence(slot).Enumeration is not null;
                return isEnumeration || slot.IsSigned == asUnsigned ? $"({(asUnsigned ? "ulong" : "long")}){name}" : name;
            case LengthValue length:
                return $"({(asUnsigned ? "ulong" : "long")}){Bytes(length.Bytes)}.Length";
            case LeastByteValue least:
                return $"KsySupport.LeastByte({Bytes(least.Bytes)})";
            case ConditionalValue conditional:
                return $"({Condition(conditional.Condition)} ? {Integer(conditional.WhenTrue, asUnsigned)} : {Integer(conditional.WhenFalse, asUnsigned)})";
            case ArithmeticValue operation:
                bool inner = asUnsigned && IsUnsigned(operation);
                string text = $"({Integer(operation.Left, inner)} {Symbol(operation.Operator)} {Integer(operation.Right, inner)})";
                return inner == asUnsigned ? text : $"(ulong){text}";
            default:
                throw new InvalidOperationException($"{value.GetType().Name} is no integer");
        }
    }

    private static bool IsUnsigned(Value value) => value switch
    {
        IntegerValue integer => integer.Number.Sign >= 0,
        SlotValue slot => slot.Slot.Range.IsUnsigned,
        ArithmeticValue operation => operation.Range.IsUnsigned && IsUnsigned(operation.Left) && IsUnsigned(operation.Right),
        ConditionalValue conditional => IsUnsigned(conditional.WhenTrue) && IsUnsigned(conditional.WhenFalse),
        _ => true,
    };

    private string Bytes(Value value) => value switch
    {
        BytesValue bytes => Literals.Bytes(bytes.Bytes),
        SlotValue slot => Access(slot.Slot),
        _ => throw new InvalidOperationException($"{value.GetType().Name} is no byte string"),
    };

    private string Condition(Value value, bool isNegated)
    {
        switch (value)
        {
            case BooleanValue boolean:
                return boolean.IsTrue != isNegated ? "true" : "false";
            case NotValue not:
                return Condition(not.Operand, !isNegated);
            case LogicalValue logical:
                string symbol = logical.IsAnd != isNegated ? "&&" : "||";
                return $"{Operand(logical.Left, logical, isNegated)} {symbol} {Operand(logical.Right, logical, isNegated)}";
            case ComparisonValue { OfBytes: true } bytes:
                return Compare(bytes, isNegated);
            case ComparisonValue comparison:
                return Compare(comparison, isNegated, IsUnsigned(comparison.Left) && IsUnsigned(comparison.Right));
            default:
                throw new InvalidOperationException($"{value.GetType().Name} is no condition");
        }
    }

    private string Operand(Value value, LogicalValue parent, bool isNegated)
    {
        string text = Condition(value, isNegated);
        return value is LogicalValue inner && inner.IsAnd != parent.IsAnd ? $"({text})" : text;
    }

    private string Compare(ComparisonValue comparison, bool isNegated)
    {
        string left = Bytes(comparison.Left);
        string right = Bytes(comparison.Right);
        BinaryOperator operation = isNegated ? Opposite(comparison.Operator) : comparison.Operator;
        return operation switch
        {
            BinaryOperator.Equal => $"{left}.SequenceEqual({right})",
            BinaryOperator.NotEqual => $"!{left}.SequenceEqual({right})",
            _ => $"{left}.SequenceCompareTo({right}) {Symbol(operation)} 0",
        };
    }

    private string Compare(ComparisonValue comparison, bool isNegated, bool asUnsigned)
    {
        BinaryOperator operation = isNegated ? Opposite(comparison.Operator) : comparison.Operator;
        if (comparison is { Left: SlotValue { Slot: var slot }, Right: IntegerValue constant } && TypeNames.Essence(slot).Enumeration is { } enumeration &&
            enumeration.Members.FirstOrDefault(member => member.Value == constant.Number) is { } member)
        {
            return $"{Access(slot)} {Symbol(operation)} {TypeNames.Of(enumeration)}.{Names.Pascal(member.Label)}";
        }

        if (comparison is { Operator: BinaryOperator.Greater, Left: LeastByteValue least, Right: IntegerValue { Number.IsZero: true } })
        {
            return $"{(isNegated ? string.Empty : "!")}{Bytes(least.Bytes)}.Contains((byte)0)";
        }

        return $"{Integer(comparison.Left, asUnsigned)} {Symbol(operation)} {Integer(comparison.Right, asUnsigned)}";
    }

    private static BinaryOperator Opposite(BinaryOperator operation) => operation switch
    {
        BinaryOperator.Equal => BinaryOperator.NotEqual,
        BinaryOperator.NotEqual => BinaryOperator.Equal,
        BinaryOperator.Less => BinaryOperator.GreaterOrEqual,
        BinaryOperator.GreaterOrEqual => BinaryOperator.Less,
        BinaryOperator.Greater => BinaryOperator.LessOrEqual,
        _ => BinaryOperator.Greater,
    };

    private static string Symbol(BinaryOperator operation) => operation switch
    {
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.BitAnd => "&",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        _ => "%",
    };
}
