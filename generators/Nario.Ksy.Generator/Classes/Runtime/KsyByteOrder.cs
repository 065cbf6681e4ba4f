namespace Nario.Ksy.Runtime;

/// <summary>An order of bytes that is computed while an object is read.</summary>
internal enum KsyByteOrder : byte
{
    /// <summary>No case fits.</summary>
    Undecided,

    /// <summary>Least significant byte first.</summary>
    Little,

    /// <summary>Most significant byte first.</summary>
    Big,
}
