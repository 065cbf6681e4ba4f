namespace Nario.Testing;

/// <summary>What a test needs besides this repository.</summary>
[Flags]
internal enum Needs
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The installed Nix.</summary>
    Nix = 1,

    /// <summary>The shared vectors.</summary>
    Shared = 2,

    /// <summary>Root, to work as another user.</summary>
    Root = 4,

    /// <summary>A temporary folder on a file system with extended attributes of users.</summary>
    ExtendedAttributes = 8,
}
