namespace Nario.Ksy.Model;

/// <summary>From which end of a byte bits are taken.</summary>
public enum BitOrder
{
    /// <summary>From the most significant bit on.</summary>
    Big,

    /// <summary>From the least significant bit on.</summary>
    Little,
}
