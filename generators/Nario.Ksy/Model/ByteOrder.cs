namespace Nario.Ksy.Model;

/// <summary>The order of the bytes of a number.</summary>
public enum ByteOrder
{
    /// <summary>It has one byte only.</summary>
    None,

    /// <summary>Least significant byte first.</summary>
    Little,

    /// <summary>Most significant byte first.</summary>
    Big,

    /// <summary>
    /// The order of the object that is being read, computed when it is read: <see cref="TypeModel.Endianness"/>.
    /// </summary>
    Computed,
}
