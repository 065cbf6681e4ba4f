namespace Nario.Ksy.Syntax;

/// <summary>Order of an integer's bytes.</summary>
public enum Endianness
{
    /// <summary>Least significant byte first.</summary>
    Little,

    /// <summary>Most significant byte first.</summary>
    Big,
}
