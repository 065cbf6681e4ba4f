namespace Nario.Ksy.Generator.Classes;

/// <summary>How tightly an expression of C# binds, tightest first.</summary>
internal enum Precedence
{
    Primary,
    Unary,
    Multiplicative,
    Additive,
    Shift,
    Relational,
    Equality,
    BitAnd,
    BitXor,
    BitOr,
    And,
    Or,
    Conditional,
}
