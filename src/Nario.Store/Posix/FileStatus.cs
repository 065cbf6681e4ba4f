namespace Nario.Store.Posix;

/// <summary>What the file system knows of a file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Identity">Which file it is, whatever its name.</param>
/// <param name="Permissions">The twelve permission bits.</param>
/// <param name="UserId">Its owner.</param>
/// <param name="GroupId">Its group.</param>
/// <param name="LinkCount">How many names it has; 0 once it is deleted.</param>
/// <param name="Size">In bytes.</param>
/// <param name="ModificationSeconds">When its content changed, in seconds since 1970.</param>
/// <param name="ModificationNanoseconds">The rest of that time.</param>
internal readonly record struct FileStatus(
    FileKind Kind,
    FileIdentity Identity,
    int Permissions,
    uint UserId,
    uint GroupId,
    uint LinkCount,
    ulong Size,
    long ModificationSeconds,
    uint ModificationNanoseconds)
{
    private const int OwnerExecuteBit = 0x40;

    /// <summary>Gets whether the owner may execute it.</summary>
    public bool IsOwnerExecutable => (Permissions & OwnerExecuteBit) != 0;
}
