namespace Nario.Store.Posix;

/// <summary>
/// Makes a directory writable for this process alone whose mount is read-only, as NixOS mounts <c>/nix/store</c>.
/// </summary>
/// <remarks>
/// A process with several threads cannot leave its mount namespace. But a descriptor may lead into a mount that is in
/// no namespace: what is done relative to it heeds that mount. By its path the directory stays read-only for all.
/// </remarks>
internal static unsafe class WritableMount
{
    private const nint OpenTreeNumber = 428;
    private const nint SetMountAttributesNumber = 442;

    /// <summary>OPEN_TREE_CLONE, OPEN_TREE_CLOEXEC and AT_EMPTY_PATH.</summary>
    private const uint CloneFlags = 1 | OpenFlags.CloseOnExec | EmptyPathFlag;

    private const uint EmptyPathFlag = 0x1000;

    /// <summary>MOUNT_ATTR_RDONLY.</summary>
    private const ulong ReadOnlyAttribute = 1;

    /// <summary>CLONE_NEWNS.</summary>
    private const int NewMountNamespace = 0x20000;

    /// <summary>MS_BIND.</summary>
    private const nuint Bind = 0x1000;

    /// <summary>MS_REMOUNT.</summary>
    private const nuint Remount = 0x20;

    /// <summary>MS_REC and MS_PRIVATE.</summary>
    private const nuint PrivateWithAllBelow = 0x4000 | 0x40000;

    /// <summary>Opens a directory so that it can be written through the descriptor.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="path">Its absolute path.</param>
    /// <returns>Another descriptor of it, with <see cref="OpenFlags.PathOnly"/>; or null when its mount is not
    /// read-only.</returns>
    /// <exception cref="StoreException">The user may not do that, or the file system itself is read-only.</exception>
    public static FileDescriptor? OpenIfReadOnly(FileDescriptor directory, string path)
    {
        if (!IsReadOnly(directory))
        {
            return null;
        }

        FileDescriptor? writable = TryClone(directory) ?? TryOpenInNamespace(directory.GetStatus().Identity, path);
        if (writable is null)
        {
            throw new StoreException(
                $"'{EscapedText.FromText(path)}' is mounted read-only, and this user may not write to it all the same: "
                + "run as root (with the capability CAP_SYS_ADMIN), or name another store with '--store'");
        }

        if (IsReadOnly(writable))
        {
            writable.Dispose();
            throw new PosixException("write to", path, (int)PosixError.ReadOnlyFileSystem);
        }

        return writable;
    }

    /// <summary>Gets whether the mount is read-only; false for a user who has no right to write anyhow.</summary>
    private static bool IsReadOnly(FileDescriptor directory) =>
        FileAccessCheck.CheckWrite(directory) == PosixError.ReadOnlyFileSystem;

    /// <summary>Copies the mount, and makes the copy writable; Linux 5.12 has the calls for it.</summary>
    private static FileDescriptor? TryClone(FileDescriptor directory)
    {
        byte empty = 0;
        if (NativeMethods.OpenTree(OpenTreeNumber, directory, &empty, CloneFlags) is var number && number < 0)
        {
            return null;
        }

        FileDescriptor clone = FileDescriptor.Adopt((int)number);
        NativeMountAttributes attributes = new() { Clear = ReadOnlyAttribute };
        if (NativeMethods.SetMountAttributes(
            SetMountAttributesNumber,
            clone,
            &empty,
            EmptyPathFlag,
            &attributes,
            (nuint)sizeof(NativeMountAttributes)) == 0)
        {
            return clone;
        }

        clone.Dispose();
        return null;
    }

    /// <summary>
    /// Mounts the directory anew in a namespace that only one thread is in, for older kernels. The thread and the
    /// namespace end, but the mount lives on with the descriptor.
    /// </summary>
    private static FileDescriptor? TryOpenInNamespace(FileIdentity identity, string path)
    {
        FileDescriptor? writable = null;
        Thread thread = new(() =>
        {
            if (NativeMethods.Unshare(NewMountNamespace) == 0
                && NativeMethods.Mount(null, "/", null, PrivateWithAllBelow, 0) == 0
                && NativeMethods.Mount(path, path, null, Bind, 0) == 0
                && NativeMethods.Mount(null, path, null, Bind | Remount, 0) == 0)
            {
                writable = new FileDescriptor();
                _ = writable.TryOpen(path, OpenFlags.PathOnly | OpenFlags.Directory);
            }
        });
        thread.Start();
        thread.Join();
        if (writable is { IsInvalid: false } && writable.GetStatus().Identity == identity)
        {
            return writable;
        }

        writable?.Dispose();
        return null;
    }
}
