namespace Nario.Store.Posix;

/// <summary>
/// What can be done to the entries of an open directory. Names are bytes and one component each; no call follows a
/// link that the name stands for.
/// </summary>
internal static unsafe class DirectoryOperations
{
    /// <summary>How many bytes the target of a symbolic link has at most.</summary>
    public const int MaxTargetLength = SystemLimits.MaxPathLength;

    private const int NoFollowFlag = 0x100;
    private const int RemoveDirectoryFlag = 0x200;
    private const uint NoReplaceFlag = 1;

    /// <summary>Makes a directory.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="permissions">Its permissions, before the umask.</param>
    /// <exception cref="PosixException">It cannot be made; also when the name is taken.</exception>
    public static void MakeDirectory(this FileDescriptor directory, ReadOnlySpan<byte> name, int permissions)
    {
        if (!directory.TryMakeDirectory(name, permissions))
        {
            throw PosixException.Create("create the directory", name, PosixError.Exists);
        }
    }

    /// <summary>Makes a directory where nothing of its name is yet.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="permissions">Its permissions, before the umask.</param>
    /// <returns>False when the name is taken, be it by a directory or not.</returns>
    /// <exception cref="PosixException">It cannot be made.</exception>
    public static bool TryMakeDirectory(this FileDescriptor directory, ReadOnlySpan<byte> name, int permissions)
    {
        Span<byte> terminated = stackalloc byte[EntryName.Capacity];
        EntryName.CopyTerminated(name, terminated);
        fixed (byte* bytes = terminated)
        {
            PosixError error = ToError(NativeMethods.MakeDirectoryAt(directory, bytes, (uint)permissions));
            return error switch
            {
                PosixError.None => true,
                PosixError.Exists => false,
                _ => throw PosixException.Create("create the directory", name, error),
            };
        }
    }

    /// <summary>Makes a symbolic link.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="target">1 to 4095 bytes without a NUL; not looked at.</param>
    /// <exception cref="PosixException">It cannot be made; also when the name is taken.</exception>
    /// <exception cref="StoreException">The target is empty, too long or has a NUL.</exception>
    public static void MakeSymlink(this FileDescriptor directory, ReadOnlySpan<byte> name, ReadOnlySpan<byte> target)
    {
        if (target.IsEmpty || target.Length > MaxTargetLength || target.Contains((byte)0))
        {
            throw new StoreException($"symbolic link '{EscapedText.FromBytes(name)}' has an invalid target");
        }

        Span<byte> terminated = stackalloc byte[EntryName.Capacity];
        EntryName.CopyTerminated(name, terminated);
        Span<byte> terminatedTarget = stackalloc byte[MaxTargetLength + 1];
        target.CopyTo(terminatedTarget);
        terminatedTarget[target.Length] = 0;
        fixed (byte* bytes = terminated, targetBytes = terminatedTarget)
        {
            Check(NativeMethods.SymlinkAt(targetBytes, directory, bytes), "create the symbolic link", name);
        }
    }

    /// <summary>Reads the target of a symbolic link.</summary>
    /// <param name="directory">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="buffer">More than <see cref="MaxTargetLength"/> bytes.</param>
    /// <returns>The length of the target.</returns>
    /// <exception cref="PosixException">It cannot be read or is no link.</exception>
    /// <exception cref="StoreException">The target is longer than <see cref="MaxTargetLength"/>.</exception>
    public static int ReadSymlink(this FileDescriptor directory, ReadOnlySpan<byte> name, Span<byte> buffer)
    {
        Span<byte> terminated = stackalloc byte[EntryName.Capacity];
        EntryName.CopyTerminated(name, terminated);
        nint length;
        fixed (byte* bytes = terminated, target = buffer)
        {
            length = NativeMethods.ReadLinkAt(directory, bytes, target, (nuint)buffer.Length);
        }

        Check(length < 0 ? -1 : 0, "read the symbolic link", name);
        return length is > 0 and <= MaxTargetLength
            ? (int)length
            : throw new StoreException($"symbolic link '{EscapedText.FromBytes(name)}' has an invalid target");
    }

    /// <summary>Gets the status of an entry.</summary>
    /// <param name="directory">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="status">The status.</param>
    /// <returns>False when there is nothing of that name.</returns>
    /// <exception cref="PosixException">The file system reports another error.</exception>
    public static bool TryGetStatus(this FileDescriptor directory, ReadOnlySpan<byte> name, out FileStatus status)
    {
        Span<byte> terminated = stackalloc byte[EntryName.Capacity];
        EntryName.CopyTerminated(name, terminated);
        PosixError error;
        fixed (byte* bytes = terminated)
        {
            error = directory.TryGetStatus(bytes, NoFollowFlag, out status);
        }

        return error switch
        {
            PosixError.None => true,
            PosixError.NotFound => false,
            _ => throw PosixException.Create("read the status of", name, error),
        };
    }

    /// <summary>Removes an entry that is not a directory, if it is there.</summary>
    /// <param name="directory">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="PosixException">It cannot be removed.</exception>
    public static void Unlink(this FileDescriptor directory, ReadOnlySpan<byte> name)
    {
        PosixError error = TryUnlink(directory, name, 0);
        if (error is not (PosixError.None or PosixError.NotFound))
        {
            throw PosixException.Create("delete", name, error);
        }
    }

    /// <summary>Removes an empty directory.</summary>
    /// <param name="directory">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <returns>False when it has entries.</returns>
    /// <exception cref="PosixException">It cannot be removed.</exception>
    public static bool RemoveDirectory(this FileDescriptor directory, ReadOnlySpan<byte> name)
    {
        PosixError error = TryUnlink(directory, name, RemoveDirectoryFlag);
        return error switch
        {
            PosixError.None or PosixError.NotFound => true,
            PosixError.NotEmpty or PosixError.Exists => false,
            _ => throw PosixException.Create("delete the directory", name, error),
        };
    }

    /// <summary>Gives an entry another name. The caller holds a lock on the new name, which must not be taken.</summary>
    /// <param name="directory">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="newDirectory">Where it goes, on the same file system.</param>
    /// <param name="newName">Its new name.</param>
    /// <exception cref="PosixException">It cannot be renamed; also when the new name is taken.</exception>
    public static void RenameWithoutReplacing(
        this FileDescriptor directory,
        ReadOnlySpan<byte> name,
        FileDescriptor newDirectory,
        ReadOnlySpan<byte> newName)
    {
        Span<byte> terminated = stackalloc byte[EntryName.Capacity];
        EntryName.CopyTerminated(name, terminated);
        Span<byte> newTerminated = stackalloc byte[EntryName.Capacity];
        EntryName.CopyTerminated(newName, newTerminated);
        PosixError error;
        fixed (byte* bytes = terminated, newBytes = newTerminated)
        {
            error = TryRenameNoReplace(directory, bytes, newDirectory, newBytes);
            if (error is PosixError.InvalidArgument or PosixError.NotImplemented or PosixError.NotPermitted)
            {
                // Some file systems lack the flag, and some sandboxes the call. The lock stands in for it.
                error = newDirectory.TryGetStatus(newBytes, NoFollowFlag, out _) == PosixError.NotFound
                    ? ToError(NativeMethods.RenameAt(directory, bytes, newDirectory, newBytes))
                    : PosixError.Exists;
            }
        }

        if (error != PosixError.None)
        {
            throw PosixException.Create("create", newName, error);
        }
    }

    /// <summary>Sets the time of modification of an entry, also of a link itself.</summary>
    /// <param name="directory">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="seconds">Since 1970.</param>
    /// <exception cref="PosixException">It cannot be set.</exception>
    public static void SetModificationTime(this FileDescriptor directory, ReadOnlySpan<byte> name, long seconds)
    {
        Span<byte> terminated = stackalloc byte[EntryName.Capacity];
        EntryName.CopyTerminated(name, terminated);
        NativeTimeSpec* times = stackalloc NativeTimeSpec[2];
        FileDescriptor.FillTimes(times, seconds);
        fixed (byte* bytes = terminated)
        {
            Check(
                NativeMethods.SetTimesAt(directory, bytes, times, NoFollowFlag), "change the times of", name);
        }
    }

    private static PosixError TryRenameNoReplace(
        FileDescriptor directory, byte* name, FileDescriptor newDirectory, byte* newName)
    {
        try
        {
            return ToError(NativeMethods.RenameAt2(directory, name, newDirectory, newName, NoReplaceFlag));
        }
        catch (EntryPointNotFoundException)
        {
            // Older versions of musl lack the function.
            return PosixError.NotImplemented;
        }
    }

    private static PosixError TryUnlink(FileDescriptor directory, ReadOnlySpan<byte> name, int flags)
    {
        Span<byte> terminated = stackalloc byte[EntryName.Capacity];
        EntryName.CopyTerminated(name, terminated);
        fixed (byte* bytes = terminated)
        {
            return ToError(NativeMethods.UnlinkAt(directory, bytes, flags));
        }
    }

    private static PosixError ToError(int result) => result == 0 ? PosixError.None : FileDescriptor.LastError();

    private static void Check(int result, string action, ReadOnlySpan<byte> name)
    {
        if (result != 0)
        {
            throw PosixException.Create(action, name, FileDescriptor.LastError());
        }
    }
}
