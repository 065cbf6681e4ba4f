namespace Nario.Store.Local.Trees;

/// <summary>The metadata that everything in a store has, so that equal trees are equal whoever made them.</summary>
internal static class CanonicalMetadata
{
    /// <summary>The permissions of a file that is not executable: 0444.</summary>
    public const int FilePermissions = 0x124;

    /// <summary>The permissions of an executable file: 0555.</summary>
    public const int ExecutablePermissions = 0x16d;

    /// <summary>The permissions of a directory: 0555.</summary>
    public const int DirectoryPermissions = 0x16d;

    /// <summary>The permissions of a directory while it is filled, so that only its owner sees it: 0700.</summary>
    public const int UnfinishedDirectoryPermissions = 0x1c0;

    /// <summary>The time of modification in seconds since 1970. Not 0, which some tools take for "unknown".</summary>
    public const long ModificationTime = 1;

    /// <summary>
    /// The extended attributes that stay: labels that the system gives to every file and that mostly cannot be removed.
    /// </summary>
    public static readonly IReadOnlyCollection<string> KeptExtendedAttributes =
        ["security.selinux", "system.nfs4_acl", "security.csm"];
}
