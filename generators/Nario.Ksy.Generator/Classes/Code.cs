namespace Nario.Ksy.Generator.Classes;

/// <summary>An expression of C#, which knows when it needs parentheses.</summary>
/// <param name="Text">The expression.</param>
/// <param name="Precedence">How tightly it binds.</param>
/// <param name="IsConstant">Whether C# computes it at compile time, where an overflow is an error.</param>
internal readonly record struct Code(string Text, Precedence Precedence, bool IsConstant = false)
{
    /// <summary>Makes an expression that never needs parentheses.</summary>
    public static Code Primary(string text) => new(text, Precedence.Primary);

    /// <summary>Calls something with arguments.</summary>
    public static Code Call(string callee, params Code[] arguments) =>
        Primary($"{callee}({string.Join(", ", arguments.Select(static argument => argument.Text))})");

    /// <summary>Makes an object; without a type, of the one that is expected.</summary>
    public static Code New(string type, IEnumerable<Code> arguments) =>
        Call(type.Length == 0 ? "new" : $"new {type}", [.. arguments]);

    /// <summary>Converts to a type; what is constant may lose its high bits.</summary>
    public static Code Cast(string type, Code operand)
    {
        // A minus sign behind the parenthesis of a cast could be taken for a subtraction.
        string text = $"({type}){operand.Within(Precedence.Primary)}";
        return operand.IsConstant
            ? new Code($"unchecked({text})", Precedence.Primary, IsConstant: true)
            : new Code(text, Precedence.Unary);
    }

    /// <summary>Applies an operator that stands before its operand.</summary>
    public static Code Unary(string symbol, Code operand) =>
        new($"{symbol}{operand.Within(operand.Text[0] == symbol[0] ? Precedence.Primary : Precedence.Unary)}",
            Precedence.Unary, operand.IsConstant);

    /// <summary>Applies an operator that stands between its operands and groups to the left.</summary>
    public static Code Binary(string symbol, Precedence precedence, Code left, Code right)
    {
        string text = $"{left.Within(precedence)} {symbol} {right.Within(precedence - 1)}";
        return left.IsConstant && right.IsConstant
            ? new Code($"unchecked({text})", Precedence.Primary, IsConstant: true)
            : new Code(text, precedence);
    }

    /// <summary>Chooses between two values.</summary>
    public static Code Conditional(Code condition, Code whenTrue, Code whenFalse) =>
        new($"{condition.Within(Precedence.Or)} ? {whenTrue.Within(Precedence.Or)} : {whenFalse.Within(Precedence.Or)}",
            Precedence.Conditional);

    /// <summary>Names a member of the value.</summary>
    public Code Member(string name) => Primary($"{Within(Precedence.Primary)}.{name}");

    /// <summary>Negates a condition.</summary>
    public Code Not() => Unary("!", this);

    /// <summary>Gives the text for a place where only what binds as tightly stands without parentheses.</summary>
    public string Within(Precedence loosest) => Precedence <= loosest ? Text : $"({Text})";

    /// <inheritdoc/>
    public override string ToString() => Text;
}
