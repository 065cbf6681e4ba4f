namespace Nario.Interop.Tests.Support;

/// <summary>What a test needs besides this repository.</summary>
[Flags]
internal enum Needs
{
    /// <summary>The installed Nix.</summary>
    Nix = 1,

    /// <summary>The shared vectors.</summary>
    Shared = 2,

    /// <summary>Root, to work as another user.</summary>
    Root = 4,

    /// <summary>Node with the packages of the Kaitai oracle.</summary>
    Kaitai = 8,
}
