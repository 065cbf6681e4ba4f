using System.Numerics;
using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Expressions;

/// <summary>A node of a parsed Kaitai Struct expression, with its place in the specification.</summary>
public abstract record Expression(SourceSpan Span);

/// <summary>An integer of any base.</summary>
public sealed record IntegerLiteral(BigInteger Value, SourceSpan Span) : Expression(Span);

/// <summary>A floating-point number.</summary>
public sealed record FloatLiteral(double Value, SourceSpan Span) : Expression(Span);

/// <summary>A string, escapes resolved.</summary>
public sealed record StringLiteral(string Value, SourceSpan Span) : Expression(Span);

/// <summary>A format string: literal text and expressions in turn.</summary>
public sealed record FormatString(IReadOnlyList<Expression> Parts, SourceSpan Span) : Expression(Span);

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed record BooleanLiteral(bool Value, SourceSpan Span) : Expression(Span);

/// <summary><c>[a, b]</c>: bytes if all elements are integers of 0 to 255, else an array.</summary>
public sealed record ArrayLiteral(IReadOnlyList<Expression> Elements, SourceSpan Span) : Expression(Span);

/// <summary><c>type::name::label</c>: the last two names are the enumeration and the label.</summary>
public sealed record EnumLabel(IReadOnlyList<string> TypePath, string Enumeration, string Label, SourceSpan Span) : Expression(Span);

/// <summary>A field, parameter, instance or one of <c>_</c>, <c>_index</c>, <c>_io</c>, <c>_parent</c>, <c>_root</c>.</summary>
public sealed record NameReference(string Name, SourceSpan Span) : Expression(Span);

/// <summary><c>target.name</c>.</summary>
public sealed record MemberAccess(Expression Target, string Name, SourceSpan Span) : Expression(Span);

/// <summary><c>target[index]</c>.</summary>
public sealed record IndexAccess(Expression Target, Expression Index, SourceSpan Span) : Expression(Span);

/// <summary><c>target.method(arguments)</c>: <paramref name="Method"/> is the member access.</summary>
public sealed record MethodCall(MemberAccess Method, IReadOnlyList<Expression> Arguments, SourceSpan Span) : Expression(Span);

/// <summary><c>target.as&lt;type&gt;</c>.</summary>
public sealed record CastExpression(Expression Target, TypeName Type, SourceSpan Span) : Expression(Span);

/// <summary><c>sizeof&lt;type&gt;</c> or <c>bitsizeof&lt;type&gt;</c>.</summary>
public sealed record SizeOfType(TypeName Type, bool InBits, SourceSpan Span) : Expression(Span);

/// <summary>A unary operation.</summary>
public sealed record UnaryExpression(UnaryOperator Operator, Expression Operand, SourceSpan Span) : Expression(Span);

/// <summary>A binary operation.</summary>
public sealed record BinaryExpression(BinaryOperator Operator, Expression Left, Expression Right, SourceSpan Span) : Expression(Span);

/// <summary><c>condition ? whenTrue : whenFalse</c>.</summary>
public sealed record ConditionalExpression(Expression Condition, Expression WhenTrue, Expression WhenFalse, SourceSpan Span) : Expression(Span);

/// <summary>A type's name in an expression or a <c>type</c> key: <c>a::b</c>, with <c>[]</c> for arrays.</summary>
public sealed record TypeName(IReadOnlyList<string> Parts, bool IsArray, SourceSpan Span);

/// <summary>Unary operators.</summary>
public enum UnaryOperator
{
    /// <summary><c>+a</c></summary>
    Plus,

    /// <summary><c>-a</c></summary>
    Minus,

    /// <summary><c>~a</c></summary>
    Complement,

    /// <summary><c>not a</c></summary>
    Not,
}

/// <summary>Binary operators, loosest binding first.</summary>
public enum BinaryOperator
{
    /// <summary><c>or</c></summary>
    Or,

    /// <summary><c>and</c></summary>
    And,

    /// <summary><c>==</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>|</c></summary>
    BitOr,

    /// <summary><c>^</c></summary>
    BitXor,

    /// <summary><c>&amp;</c></summary>
    BitAnd,

    /// <summary><c>&lt;&lt;</c></summary>
    ShiftLeft,

    /// <summary><c>&gt;&gt;</c></summary>
    ShiftRight,

    /// <summary><c>+</c></summary>
    Add,

    /// <summary><c>-</c></summary>
    Subtract,

    /// <summary><c>*</c></summary>
    Multiply,

    /// <summary><c>/</c>, floored</summary>
    Divide,

    /// <summary><c>%</c>, floored</summary>
    Modulo,
}
