namespace Nario.Ksy.Expressions;

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
