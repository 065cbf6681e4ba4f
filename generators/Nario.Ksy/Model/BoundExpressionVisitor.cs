namespace Nario.Ksy.Model;

/// <summary>A dispatch over all kinds of expressions; a new kind is a new abstract method.</summary>
public abstract class BoundExpressionVisitor<TResult>
{
    /// <summary>Handles any expression.</summary>
    public TResult Visit(BoundExpression expression) => expression.Accept(this);

    /// <summary>Handles an integer.</summary>
    public abstract TResult VisitInteger(IntegerConstant expression);

    /// <summary>Handles a floating-point number.</summary>
    public abstract TResult VisitFloat(FloatConstant expression);

    /// <summary>Handles a truth value.</summary>
    public abstract TResult VisitBoolean(BooleanConstant expression);

    /// <summary>Handles a string.</summary>
    public abstract TResult VisitString(StringConstant expression);

    /// <summary>Handles constant bytes.</summary>
    public abstract TResult VisitBytes(BytesConstant expression);

    /// <summary>Handles a label of an enumeration.</summary>
    public abstract TResult VisitEnum(EnumConstant expression);

    /// <summary>Handles a list literal.</summary>
    public abstract TResult VisitList(ListExpression expression);

    /// <summary>Handles a format string.</summary>
    public abstract TResult VisitFormat(FormatExpression expression);

    /// <summary>Handles the object itself.</summary>
    public abstract TResult VisitThis(ThisReference expression);

    /// <summary>Handles an object's parent.</summary>
    public abstract TResult VisitParent(ParentReference expression);

    /// <summary>Handles an object's root.</summary>
    public abstract TResult VisitRoot(RootReference expression);

    /// <summary>Handles an object's stream.</summary>
    public abstract TResult VisitIo(IoReference expression);

    /// <summary>Handles the current value.</summary>
    public abstract TResult VisitItem(ItemReference expression);

    /// <summary>Handles the index of the current element.</summary>
    public abstract TResult VisitIndex(IndexReference expression);

    /// <summary>Handles the value of the switch.</summary>
    public abstract TResult VisitSwitchValue(SwitchValueReference expression);

    /// <summary>Handles a member of an object.</summary>
    public abstract TResult VisitMember(MemberReference expression);

    /// <summary>Visits a member of an opaque object.</summary>
    public abstract TResult VisitForeignMember(ForeignMemberReference expression);

    /// <summary>Handles an element of an array or of bytes.</summary>
    public abstract TResult VisitElement(ElementAccess expression);

    /// <summary>Handles a unary operation.</summary>
    public abstract TResult VisitUnary(UnaryOperation expression);

    /// <summary>Handles a binary operation.</summary>
    public abstract TResult VisitBinary(BinaryOperation expression);

    /// <summary>Handles a choice.</summary>
    public abstract TResult VisitConditional(ConditionalOperation expression);

    /// <summary>Handles a cast.</summary>
    public abstract TResult VisitCast(CastOperation expression);

    /// <summary>Handles a method.</summary>
    public abstract TResult VisitMethod(MethodCallOperation expression);
}
