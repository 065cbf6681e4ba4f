using System.Numerics;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;

namespace Nario.Ksy.Model;

/// <summary>
/// An expression in which every name is resolved and every part has a type. The hierarchy is closed: a dispatch derives
/// from <see cref="BoundExpressionVisitor{TResult}"/>, which does not compile without a case.
/// </summary>
/// <param name="Type">What it gives.</param>
/// <param name="Span">Its place in the specification of the type that it belongs to.</param>
public abstract record BoundExpression(DataType Type, SourceSpan Span)
{
    /// <summary>The expressions that it consists of, in the order of the text.</summary>
    public virtual IEnumerable<BoundExpression> Children => [];

    /// <summary>Calls the method of <paramref name="visitor"/> for this kind of expression.</summary>
    public abstract TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor);
}

/// <summary>An integer: a literal, or the size of a type.</summary>
public sealed record IntegerConstant(BigInteger Value, DataType Type, SourceSpan Span) : BoundExpression(Type, Span)
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitInteger(this);
}

/// <summary>A floating-point number.</summary>
public sealed record FloatConstant(double Value, SourceSpan Span) : BoundExpression(new FloatType(8), Span)
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitFloat(this);
}

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed record BooleanConstant(bool Value, SourceSpan Span) : BoundExpression(new BooleanType(), Span)
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitBoolean(this);
}

/// <summary>A string.</summary>
public sealed record StringConstant(string Value, SourceSpan Span) : BoundExpression(new StringType(), Span)
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitString(this);
}

/// <summary>A list literal whose elements are all literal bytes.</summary>
public sealed record BytesConstant(ValueList<byte> Value, SourceSpan Span) : BoundExpression(new BytesType(), Span)
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitBytes(this);
}

/// <summary>A label of an enumeration, with the value that it stands for.</summary>
public sealed record EnumConstant(EnumId Enum, string Label, BigInteger Value, DataType Type, SourceSpan Span)
    : BoundExpression(Type, Span)
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitEnum(this);
}

/// <summary>
/// A list literal that is no constant: of <see cref="BytesType"/> when its elements are integers of 0 to 255, else of an
/// <see cref="ArrayType"/>.
/// </summary>
public sealed record ListExpression(ValueList<BoundExpression> Elements, DataType Type, SourceSpan Span)
    : BoundExpression(Type, Span)
{
    /// <inheritdoc/>
    public override IEnumerable<BoundExpression> Children => Elements;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitList(this);
}

/// <summary>
/// A format string: strings, integers, floating-point numbers and truth values, each as <c>to_s</c> writes it, one after
/// the other.
/// </summary>
public sealed record FormatExpression(ValueList<BoundExpression> Parts, SourceSpan Span)
    : BoundExpression(new StringType(), Span)
{
    /// <inheritdoc/>
    public override IEnumerable<BoundExpression> Children => Parts;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitFormat(this);
}

/// <summary>The object whose field or instance is read or computed.</summary>
public sealed record ThisReference(DataType Type, SourceSpan Span) : BoundExpression(Type, Span)
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitThis(this);
}

/// <summary><c>_parent</c> of an object.</summary>
public sealed record ParentReference(BoundExpression Target, DataType Type, SourceSpan Span)
    : BoundExpression(Type, Span)
{
    /// <inheritdoc/>
    public override IEnumerable<BoundExpression> Children => [Target];

    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitParent(this);
}

/// <summary><c>_root</c> of an object: the outermost object of the specification that declares its type.</summary>
public sealed record RootReference(BoundExpression Target, DataType Type, SourceSpan Span)
    : BoundExpression(Type, Span)
{
    /// <inheritdoc/>
    public override IEnumerable<BoundExpression> Children => [Target];

    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitRoot(this);
}

/// <summary><c>_io</c> of an object: the stream from which it is read.</summary>
public sealed record IoReference(BoundExpression Target, SourceSpan Span) : BoundExpression(new IoType(), Span)
{
    /// <inheritdoc/>
    public override IEnumerable<BoundExpression> Children => [Target];

    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitIo(this);
}

/// <summary>
/// <c>_</c>: the element just read in <see cref="RepeatedUntil"/>, the value in <see cref="ConditionValidation"/>, the bytes
/// in a size of a repeated field.
/// </summary>
public sealed record ItemReference(DataType Type, SourceSpan Span) : BoundExpression(Type, Span)
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitItem(this);
}

/// <summary><c>_index</c>: the number of elements before this one.</summary>
public sealed record IndexReference(DataType Type, SourceSpan Span) : BoundExpression(Type, Span)
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitIndex(this);
}

/// <summary><c>_on</c>: the value of the switch, in the value of a case.</summary>
public sealed record SwitchValueReference(DataType Type, SourceSpan Span) : BoundExpression(Type, Span)
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) =>
        visitor.VisitSwitchValue(this);
}

/// <summary>A field, an instance or a parameter of an object.</summary>
/// <param name="Target">The object; <see cref="ThisReference"/> for a bare name.</param>
/// <param name="Owner">The type that declares the member.</param>
/// <param name="Name">The member's name in that type.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Type">Its type; the value may still be absent where the member is optional.</param>
/// <param name="Span">Its place.</param>
public sealed record MemberReference(
    BoundExpression Target,
    TypeId Owner,
    string Name,
    MemberKind Kind,
    DataType Type,
    SourceSpan Span) : BoundExpression(Type, Span)
{
    /// <inheritdoc/>
    public override IEnumerable<BoundExpression> Children => [Target];

    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitMember(this);
}

/// <summary>A member of an object of an <see cref="OpaqueType"/>; of its type nothing is known.</summary>
/// <param name="Target">The object.</param>
/// <param name="Name">The member's name, as written.</param>
/// <param name="Span">Its place.</param>
public sealed record ForeignMemberReference(BoundExpression Target, string Name, SourceSpan Span)
    : BoundExpression(new AnyType(), Span)
{
    /// <inheritdoc/>
    public override IEnumerable<BoundExpression> Children => [Target];

    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitForeignMember(this);
}

/// <summary>An element of an array, or a byte of bytes (an integer of 0 to 255).</summary>
public sealed record ElementAccess(BoundExpression Target, BoundExpression Index, DataType Type, SourceSpan Span)
    : BoundExpression(Type, Span)
{
    /// <inheritdoc/>
    public override IEnumerable<BoundExpression> Children => [Target, Index];

    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitElement(this);
}

/// <summary>
/// A unary operation: <c>+</c> and <c>-</c> of a number, <c>~</c> of an integer, <c>not</c> of a truth value. An integer
/// result that leaves its type wraps around.
/// </summary>
public sealed record UnaryOperation(UnaryOperator Operator, BoundExpression Operand, DataType Type, SourceSpan Span)
    : BoundExpression(Type, Span)
{
    /// <inheritdoc/>
    public override IEnumerable<BoundExpression> Children => [Operand];

    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitUnary(this);
}

/// <summary>
/// A binary operation. Arithmetic is that of <see cref="BoundExpression.Type"/> (integers, where a result that leaves
/// the type wraps around and <c>/</c> and <c>%</c> are floored; or floating-point numbers), or <c>+</c> of two strings.
/// Comparison is by the mathematical value of two numbers of any types; by ordinal order of strings; byte by byte; by
/// the value of an enumeration (equality only); by identity of objects (equality only).
/// </summary>
public sealed record BinaryOperation(
    BinaryOperator Operator,
    BoundExpression Left,
    BoundExpression Right,
    DataType Type,
    SourceSpan Span) : BoundExpression(Type, Span)
{
    /// <inheritdoc/>
    public override IEnumerable<BoundExpression> Children => [Left, Right];

    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitBinary(this);
}

/// <summary>
/// One of two values, each converted to <see cref="BoundExpression.Type"/>, which is common to both.
/// </summary>
public sealed record ConditionalOperation(
    BoundExpression Condition,
    BoundExpression WhenTrue,
    BoundExpression WhenFalse,
    DataType Type,
    SourceSpan Span) : BoundExpression(Type, Span)
{
    /// <inheritdoc/>
    public override IEnumerable<BoundExpression> Children => [Condition, WhenTrue, WhenFalse];

    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitConditional(this);
}

/// <summary>
/// A value taken as one of another type. From a number to a number it is a conversion (to a narrower integer it keeps
/// the low bits); from an integer to an enumeration it is the value's label (<c>enum</c> of a value instance); anything
/// else is the claim that the value already has that type, which fails when it has not.
/// </summary>
public sealed record CastOperation(BoundExpression Operand, DataType Type, SourceSpan Span)
    : BoundExpression(Type, Span)
{
    /// <inheritdoc/>
    public override IEnumerable<BoundExpression> Children => [Operand];

    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitCast(this);
}

/// <summary>A method or a property of a value.</summary>
/// <param name="Method">Which; it tells the type of the target too.</param>
/// <param name="Target">The value.</param>
/// <param name="Arguments">As many as the method has.</param>
/// <param name="Type">What it gives.</param>
/// <param name="Span">Its place.</param>
public sealed record MethodCallOperation(
    BoundMethod Method,
    BoundExpression Target,
    ValueList<BoundExpression> Arguments,
    DataType Type,
    SourceSpan Span) : BoundExpression(Type, Span)
{
    /// <inheritdoc/>
    public override IEnumerable<BoundExpression> Children => Arguments.Prepend(Target);

    /// <inheritdoc/>
    public override TResult Accept<TResult>(BoundExpressionVisitor<TResult> visitor) => visitor.VisitMethod(this);
}
