using System.Globalization;
using Nario.Ksy.Expressions;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>
/// Writes expressions over slots as C#. Integers are worked out in 64 bits, without sign where none can be negative.
/// </summary>
/// <param name="types">The names of types.</param>
/// <param name="access">How a slot is named; null where a part is reached through its record.</param>
internal sealed class ValueEmitter(TypeNames types, Func<Slot, string?> access)
{
    private static readonly string[] Casts = ["(ulong)", "(long)"];

    /// <summary>Writes the name of a slot's value.</summary>
    public string Access(Slot slot)
    {
        if (access(slot) is { } direct)
        {
            return direct;
        }

        string whole = Access(slot.Parent!);
        RecordProgram record = slot.Parent!.Record!;
        return record.Values.Count == 1 ? whole : $"{whole}.{types.Property(record, slot.Name)}";
    }

    /// <summary>
    /// Writes an integer; what is not negative by its type converts to <c>ulong</c>, all else to <c>long</c>.
    /// </summary>
    public string Integer(Value value) => Integer(value, ValueSign.IsUnsigned(value), isWide: false);

    /// <summary>Writes an integer that is not negative, as something that compares with <c>ulong</c>.</summary>
    public string Unsigned(Value value) =>
        ValueSign.IsUnsigned(value)
            ? Compared(value, asUnsigned: true)
            : $"(ulong){Atom(Integer(value, false, true))}";

    /// <summary>Writes an integer that is not negative as <c>long</c>; it must fit.</summary>
    public string Int64(Value value) => value is IntegerValue ? Integer(value) : $"(long){Atom(Integer(value))}";

    /// <summary>Writes an integer as <c>int</c>; it must fit.</summary>
    public string Int32(Value value) => value is IntegerValue ? Integer(value) : $"(int){Atom(Integer(value))}";

    /// <summary>Writes whether something is shorter than a number of bytes that is not negative.</summary>
    /// <param name="length">A length of type <c>int</c>, as a sum or difference.</param>
    /// <param name="size">The number of bytes.</param>
    public string IsShorter(string length, Value size) =>
        size is IntegerValue ? $"{length} < {Integer(size)}" : $"(ulong)({length}) < {Unsigned(size)}";

    /// <summary>Writes whether a length is greater than a number of bytes that is not negative.</summary>
    public string IsLonger(string length, Value size) => Against(length, ">", size);

    /// <summary>Writes whether a length is another one than a number of bytes that is not negative.</summary>
    public string IsOther(string length, Value size) => Against(length, "!=", size);

    /// <summary>Writes whether a length is a number of bytes that is not negative.</summary>
    public string IsSame(string length, Value size) => Against(length, "==", size);

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

        return "$\""
            + string.Concat(
                description.Parts.Select(part =>
                    part.Value is null
                        ? Literals.Inside(part.Text!).Replace("{", "{{").Replace("}", "}}")
                        : $"{{{Integer(part.Value)}}}"))
            + "\"";
    }

    /// <summary>
    /// Writes an integer as something that converts to the type of a parameter or of a slot that is set.
    /// </summary>
    public string Argument(Slot parameter, Value value)
    {
        string type = types.Of(parameter);
        if (value is SlotValue { Slot: var slot } && types.Of(slot) == type)
        {
            return Access(slot);
        }

        string text = Integer(value);
        bool converts =
            parameter.Enumeration is null && (value is IntegerValue || ValueSign.IsUnsigned(value) != parameter.IsSigned);
        return converts ? text
            : value is IntegerValue { Number: var number } && number > long.MaxValue ? $"unchecked(({type}){text})"
            : $"({type}){Atom(text)}";
    }

    /// <summary>Writes a number that is compared or passed as a 64-bit integer, whatever its own type is.</summary>
    public string Plain(Slot slot) => Integer(new SlotValue(slot));

    /// <summary>
    /// Writes whether a number of bytes that is not negative is greater than an amount of type <c>ulong</c>.
    /// </summary>
    public string IsMore(Value size, string amount) => $"{Unsigned(size)} > {amount}";

    private string Against(string length, string symbol, Value size) =>
        size is IntegerValue ? $"{length} {symbol} {Integer(size)}" : $"(ulong){length} {symbol} {Unsigned(size)}";

    private static string Number(IntegerValue value) => value.Number.ToString(CultureInfo.InvariantCulture);

    private static string Atom(string text) => IsAtom(text) ? text : $"({text})";

    private static bool IsAtom(string text)
    {
        foreach (string cast in Casts)
        {
            if (text.StartsWith(cast, StringComparison.Ordinal))
            {
                return IsAtom(text.Substring(cast.Length));
            }
        }

        return text.All(character => char.IsLetterOrDigit(character) || character is '.' or '_' or '@')
            || (text[0] == '(' && Closes(text) == text.Length - 1);
    }

    /// <summary>The place of the parenthesis that closes the one a text begins with.</summary>
    private static int Closes(string text)
    {
        int depth = 0;
        for (int index = 0; index < text.Length; index++)
        {
            depth +=
                text[index] == '(' ? 1
                : text[index] == ')' ? -1
                : 0;
            if (depth == 0)
            {
                return index;
            }
        }

        return -1;
    }

    /// <param name="value">The integer.</param>
    /// <param name="asUnsigned">Whether it is to be without sign.</param>
    /// <param name="isWide">Whether it is to be a 64-bit integer, or a constant.</param>
    private string Integer(Value value, bool asUnsigned, bool isWide)
    {
        string wide = asUnsigned ? "(ulong)" : "(long)";
        switch (value)
        {
            case IntegerValue integer:
                return Number(integer);
            case SlotValue { Slot: var slot }:
                Slot essence = TypeNames.Essence(slot);
                bool isNarrow = essence.Width < 8;
                bool converts = essence.IsSigned ? !asUnsigned : asUnsigned || isNarrow;
                return essence.Enumeration is null && converts && !(isWide && isNarrow)
                    ? Access(slot)
                    : wide + Access(slot);
            case LengthValue length:
                return $"{wide}{Bytes(length.Bytes)}.Length";
            case LeastByteValue least:
                string smallest = types.Support.Call(SupportMember.LeastByte, Bytes(least.Bytes));
                return isWide ? wide + smallest : smallest;
            case ConditionalValue conditional:
                string choice =
                    $"({Condition(conditional.Condition)} ? {Choice(conditional.WhenTrue, asUnsigned)} : {Choice(conditional.WhenFalse, asUnsigned)})";
                return isWide ? wide + choice : choice;
            case ArithmeticValue operation:
                bool inner = asUnsigned && ValueSign.IsUnsigned(operation);
                string text =
                    $"{Operand(operation.Left, operation, inner)} {Symbol(operation.Operator)} {Operand(operation.Right, operation, inner)}";
                return inner == asUnsigned ? text : $"{wide}({text})";
            default:
                throw new InvalidOperationException($"{value.GetType().Name} is no integer");
        }
    }

    /// <summary>Writes one of two integers; with the other one a constant has no longer any type that it is needed as.</summary>
    private string Choice(Value value, bool asUnsigned) =>
        value is IntegerValue integer
            ? $"{(asUnsigned ? "(ulong)" : "(long)")}{Atom(Number(integer))}"
            : Integer(value, asUnsigned, isWide: true);

    private string Operand(Value value, ArithmeticValue parent, bool asUnsigned)
    {
        string text = Integer(value, asUnsigned, isWide: true);
        bool continues =
            value == parent.Left
            && value is ArithmeticValue { Operator: BinaryOperator.Add }
            && parent.Operator == BinaryOperator.Add;
        return value is ArithmeticValue && !continues ? Atom(text) : text;
    }

    private string Bytes(Value value) =>
        value switch
        {
            BytesValue bytes => Literals.Span(bytes.Bytes),
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
            case ExclusionValue exclusion:
                string excluded = string.Join(", ", exclusion.Excluded.Select(excluded => $"(byte){Numbers.Text(excluded)}"));
                string method = exclusion.Excluded.Count == 1 ? "Contains" : "ContainsAny";
                return $"{(isNegated ? string.Empty : "!")}{Bytes(exclusion.Bytes)}.{method}({excluded})";
            case MembershipValue membership:
                return $"{(isNegated ? "!" : string.Empty)}Enum.IsDefined({Access(membership.Slot)})";
            case LogicalValue logical:
                string symbol = logical.IsAnd != isNegated ? "&&" : "||";
                return $"{Operand(logical.Left, logical, isNegated)} {symbol} {Operand(logical.Right, logical, isNegated)}";
            case ComparisonValue { OfBytes: true } bytes:
                return Compare(bytes, isNegated);
            case ComparisonValue comparison:
                return Compare(comparison, isNegated, ValueSign.IsUnsigned(comparison.Left) && ValueSign.IsUnsigned(comparison.Right));
            default:
                throw new InvalidOperationException($"{value.GetType().Name} is no condition");
        }
    }

    private string Operand(Value value, LogicalValue parent, bool isNegated)
    {
        string text = Condition(value, isNegated);
        Value core = value;
        while (core is NotValue not)
        {
            core = not.Operand;
        }

        return core is LogicalValue inner && (core != value || inner.IsAnd != parent.IsAnd) ? $"({text})" : text;
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
        if (comparison is { Left: SlotValue { Slot: var slot }, Right: IntegerValue constant }
            && operation is BinaryOperator.Equal or BinaryOperator.NotEqual
            && TypeNames.Essence(slot).Enumeration is { } enumeration
            && enumeration.Find(constant.Number) is { } member)
        {
            return $"{Access(slot)} {Symbol(operation)} {types.Qualified(enumeration, member)}";
        }

        if (comparison is
            {
                Operator: BinaryOperator.Greater,
                Left: LeastByteValue least,
                Right: IntegerValue { Number.IsZero: true }
            })
        {
            return $"{(isNegated ? string.Empty : "!")}{Bytes(least.Bytes)}.Contains((byte)0)";
        }

        return $"{Compared(comparison.Left, asUnsigned)} {Symbol(operation)} {Compared(comparison.Right, asUnsigned)}";
    }

    private string Compared(Value value, bool asUnsigned)
    {
        string text = Integer(value, asUnsigned, isWide: false);
        return value is ArithmeticValue { Operator: BinaryOperator.BitAnd } ? Atom(text) : text;
    }

    private static BinaryOperator Opposite(BinaryOperator operation) =>
        operation switch
        {
            BinaryOperator.Equal => BinaryOperator.NotEqual,
            BinaryOperator.NotEqual => BinaryOperator.Equal,
            BinaryOperator.Less => BinaryOperator.GreaterOrEqual,
            BinaryOperator.GreaterOrEqual => BinaryOperator.Less,
            BinaryOperator.Greater => BinaryOperator.LessOrEqual,
            _ => BinaryOperator.Greater,
        };

    private static string Symbol(BinaryOperator operation) =>
        operation switch
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
