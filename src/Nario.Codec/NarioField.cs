namespace Nario.Codec;

/// <summary>A part of an entry of a nario, so that an error that only a caller can see can say where it is.</summary>
public enum NarioField
{
    /// <summary><see cref="NarioPathInfo.Path"/>.</summary>
    Path,

    /// <summary><see cref="NarioPathInfo.Deriver"/>.</summary>
    Deriver,

    /// <summary><see cref="NarioPathInfo.NarHash"/>.</summary>
    NarHash,

    /// <summary>An item of <see cref="NarioPathInfo.References"/>.</summary>
    References,

    /// <summary><see cref="NarioPathInfo.NarSize"/>.</summary>
    NarSize,

    /// <summary>An item of <see cref="NarioPathInfo.Signatures"/>.</summary>
    Signatures,

    /// <summary><see cref="NarioPathInfo.ContentAddress"/>.</summary>
    ContentAddress,

    /// <summary>The NAR.</summary>
    Nar,
}
