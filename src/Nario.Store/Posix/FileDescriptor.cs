using System.Runtime.InteropServices;
using System.Text;

namespace Nario.Store.Posix;

/// <summary>
/// Owns a place for one open file or directory. It can be opened again after <see cref="CloseChecked"/>, so that a
/// walk over many files needs only as many of these as it has open at a time. For one thread at a time.
/// </summary>
internal sealed unsafe class FileDescriptor : SafeHandle
{
    /// <summary>Leaves the owner as it is.</summary>
    public const uint Unchanged = uint.MaxValue;

    private const int NoDescriptor = -1;
    private const int CurrentDirectoryNumber = -100;
    private const int EmptyPathFlag = 0x1000;
    private const int LockNonBlocking = 4;
    private const int LockRelease = 8;
    private const int SeekFromStart = 0;
    private const int SeekFromHere = 1;
    private const int GetDescriptorFlags = 1;
    private const int CloseOnExecFlag = 1;
    private const int SetPipeSize = 1031;
    private const int FollowFlag = 0x400;
    private const short PollIn = 1;
    private const short PollOut = 4;

    /// <summary>STATX_BASIC_STATS.</summary>
    private const uint BasicStatus = 0x7ff;

    private const int FormatMask = 0xf000;
    private const int FormatDirectory = 0x4000;
    private const int FormatRegular = 0x8000;
    private const int FormatSymlink = 0xa000;
    private const int PermissionMask = 0xfff;

    /// <summary>UTIME_OMIT.</summary>
    private const long LeaveTime = 0x3ffffffe;

    /// <summary>Makes a place with nothing open.</summary>
    public FileDescriptor()
        : base(NoDescriptor, ownsHandle: true)
    {
    }

    private FileDescriptor(int number)
        : base(NoDescriptor, ownsHandle: false) => SetHandle(number);

    /// <summary>Gets whether nothing is open.</summary>
    public override bool IsInvalid => handle == NoDescriptor;

    /// <summary>Gets the number of the descriptor, for a path below <c>/proc/self/fd</c>.</summary>
    public int Number => (int)handle;

    /// <summary>Gets whether a terminal is open.</summary>
    public bool IsTerminal => NativeMethods.IsTerminal(this) == 1;

    /// <summary>
    /// Lets a pipe hold more, so that its two ends wait for each other less often, if it is a pipe and the system
    /// grants that.
    /// </summary>
    /// <param name="capacity">How many bytes.</param>
    public void WidenPipe(int capacity) => _ = NativeMethods.Control(this, SetPipeSize, capacity);

    /// <summary>Gets a descriptor that this process was started with. It stays open.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="name">What an error calls it.</param>
    /// <returns>The descriptor.</returns>
    /// <exception cref="PosixException">The process was started without it.</exception>
    public static FileDescriptor Borrow(int number, string name)
    {
        FileDescriptor descriptor = new(number);

        // What closes at the start of a program cannot have been there then: the runtime has taken the number since.
        int flags = NativeMethods.Control(descriptor, GetDescriptorFlags, 0);
        return flags >= 0 && (flags & CloseOnExecFlag) == 0
            ? descriptor
            : throw new PosixException("open", name, (int)PosixError.BadDescriptor);
    }

    /// <summary>Takes over a descriptor that a call of the kernel has just made.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>The descriptor, which is closed with it.</returns>
    public static FileDescriptor Adopt(int number)
    {
        FileDescriptor descriptor = new();
        descriptor.SetHandle(number);
        return descriptor;
    }

    /// <summary>Opens a path that the user or the configuration gave. Links in it are followed.</summary>
    /// <param name="path">The path.</param>
    /// <param name="flags">Of <see cref="OpenFlags"/>; <see cref="OpenFlags.CloseOnExec"/> is added.</param>
    /// <param name="mode">The permissions of a new file, before the umask.</param>
    /// <returns>The descriptor.</returns>
    /// <exception cref="PosixException">It cannot be opened.</exception>
    public static FileDescriptor Open(string path, int flags, int mode = 0)
    {
        FileDescriptor descriptor = new();
        PosixError error = descriptor.TryOpen(path, flags, mode);
        return error == PosixError.None ? descriptor : throw new PosixException("open", path, (int)error);
    }

    /// <summary>Opens a directory that the user or the configuration named. Links in the path are followed.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The descriptor.</returns>
    /// <exception cref="PosixException">It cannot be opened or is not a directory.</exception>
    public static FileDescriptor OpenDirectory(string path) => Open(path, OpenFlags.Directory);

    /// <summary>Opens a directory that may be entered but perhaps not listed, only to name what is in it.</summary>
    /// <param name="path">The path. Links in it are followed.</param>
    /// <returns>The descriptor; <see cref="OpenAgain"/> lets it be listed or changed.</returns>
    /// <exception cref="PosixException">It cannot be opened or is not a directory.</exception>
    public static FileDescriptor OpenToEnter(string path) => Open(path, OpenFlags.PathOnly | OpenFlags.Directory);

    /// <summary>Opens a directory as <see cref="OpenToEnter"/> does. On the way to it there may be no link, not even one
    /// that appears while it is opened.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The descriptor.</returns>
    /// <exception cref="PosixException">It cannot be opened, is not a directory, or there is a link.</exception>
    public static FileDescriptor OpenToEnterWithoutLinks(string path)
    {
        FileDescriptor directory = OpenToEnter("/");
        foreach (string name in Path.GetFullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            FileDescriptor next = new();
            PosixError error =
                next.TryOpenAt(directory, Encoding.UTF8.GetBytes(name), OpenFlags.PathOnly | OpenFlags.Directory);
            directory.Dispose();
            if (error != PosixError.None)
            {
                next.Dispose();
                throw new PosixException("open", path, (int)error);
            }

            directory = next;
        }

        return directory;
    }

    /// <summary>Opens a path that the user or the configuration gave in this place. Links in it are followed.</summary>
    /// <param name="path">The path.</param>
    /// <param name="flags">Of <see cref="OpenFlags"/>; <see cref="OpenFlags.CloseOnExec"/> is added.</param>
    /// <param name="mode">The permissions of a new file, before the umask.</param>
    /// <returns>The error, or none.</returns>
    public PosixError TryOpen(string path, int flags, int mode = 0)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        int length = Encoding.UTF8.GetBytes(path, bytes);
        if (length > SystemLimits.MaxPathLength || bytes.AsSpan(0, length).Contains((byte)0))
        {
            throw new StoreException($"invalid path '{EscapedText.FromText(path)}'");
        }

        using FileDescriptor currentDirectory = new(CurrentDirectoryNumber);
        return OpenTerminated(currentDirectory, bytes, flags, mode);
    }

    /// <summary>Opens an entry of a directory in this place. A link is never followed.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="name">One name.</param>
    /// <param name="flags">Of <see cref="OpenFlags"/>; <see cref="OpenFlags.NoFollow"/> and
    /// <see cref="OpenFlags.CloseOnExec"/> are added.</param>
    /// <param name="mode">The permissions of a new file, before the umask.</param>
    /// <returns>The error, or none.</returns>
    public PosixError TryOpenAt(FileDescriptor directory, ReadOnlySpan<byte> name, int flags, int mode = 0)
    {
        Span<byte> terminated = stackalloc byte[EntryName.Capacity];
        EntryName.CopyTerminated(name, terminated);
        return OpenTerminated(directory, terminated, flags | OpenFlags.NoFollow, mode);
    }

    /// <summary>Opens an entry of a directory in this place. A link is never followed.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="name">One name.</param>
    /// <param name="flags">Of <see cref="OpenFlags"/>; <see cref="OpenFlags.NoFollow"/> and
    /// <see cref="OpenFlags.CloseOnExec"/> are added.</param>
    /// <param name="mode">The permissions of a new file, before the umask.</param>
    /// <exception cref="PosixException">It cannot be opened.</exception>
    public void OpenAt(FileDescriptor directory, ReadOnlySpan<byte> name, int flags, int mode = 0)
    {
        PosixError error = TryOpenAt(directory, name, flags, mode);
        if (error != PosixError.None)
        {
            throw PosixException.Create(
                (flags & OpenFlags.Create) == 0 ? "open" : "create", name, error);
        }
    }

    /// <summary>Opens this directory once more, to list it or to change what it is itself.</summary>
    /// <returns>The descriptor; or null when the user may enter the directory but not list it.</returns>
    /// <exception cref="PosixException">It cannot be opened.</exception>
    public FileDescriptor? OpenAgain()
    {
        FileDescriptor again = new();
        PosixError error = again.OpenTerminated(this, ".\0"u8, OpenFlags.Directory, 0);
        return error switch
        {
            PosixError.None => again,
            PosixError.AccessDenied => null,
            _ => throw Failed("open", error),
        };
    }

    /// <summary>Closes what is open; a delayed error in writing shows here.</summary>
    /// <exception cref="PosixException">The file system reports an error.</exception>
    public void CloseChecked()
    {
        int number = (int)handle;
        if (number == NoDescriptor)
        {
            return;
        }

        SetHandle(NoDescriptor);

        // After EINTR Linux has closed the descriptor all the same; a second close could hit another file.
        if (NativeMethods.Close(number) != 0 && LastError() is var error && error != PosixError.Interrupted)
        {
            throw Failed("close", error);
        }
    }

    /// <summary>Reads what is there.</summary>
    /// <param name="buffer">Where to.</param>
    /// <returns>How many bytes were read; 0 at the end.</returns>
    /// <exception cref="PosixException">It cannot be read.</exception>
    public int Read(Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            while (true)
            {
                nint count = NativeMethods.Read(this, bytes, (nuint)buffer.Length);
                if (count >= 0)
                {
                    return (int)count;
                }

                ThrowUnlessInterrupted("read");
            }
        }
    }

    /// <summary>Writes all the bytes.</summary>
    /// <param name="bytes">What to write.</param>
    /// <exception cref="PosixException">They cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint count;
            fixed (byte* start = bytes)
            {
                count = NativeMethods.Write(this, start, (nuint)bytes.Length);
            }

            if (count < 0)
            {
                ThrowUnlessInterrupted("write");
                continue;
            }

            bytes = bytes[(int)count..];
        }
    }

    /// <summary>Reads a part, as one call does.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="count">How many bytes were read; 0 at the end.</param>
    /// <returns>The error, or none; <see cref="PosixError.Interrupted"/> too.</returns>
    public PosixError TryRead(Span<byte> buffer, out int count)
    {
        fixed (byte* bytes = buffer)
        {
            count = (int)NativeMethods.Read(this, bytes, (nuint)buffer.Length);
        }

        return count < 0 ? LastError() : PosixError.None;
    }

    /// <summary>Reads a part of a file, as one call does, and leaves its position alone.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="offset">Where from, in bytes from the beginning of the file.</param>
    /// <param name="count">How many bytes were read; 0 at the end.</param>
    /// <returns>The error, or none; <see cref="PosixError.Interrupted"/> too.</returns>
    public PosixError TryReadAt(Span<byte> buffer, long offset, out int count)
    {
        fixed (byte* bytes = buffer)
        {
            count = (int)NativeMethods.ReadAt(this, bytes, (nuint)buffer.Length, offset);
        }

        return count < 0 ? LastError() : PosixError.None;
    }

    /// <summary>Writes a part, as one call does.</summary>
    /// <param name="bytes">What to write.</param>
    /// <param name="count">How many of them were written.</param>
    /// <returns>The error, or none; <see cref="PosixError.Interrupted"/> too.</returns>
    public PosixError TryWrite(ReadOnlySpan<byte> bytes, out int count)
    {
        fixed (byte* start = bytes)
        {
            count = (int)NativeMethods.Write(this, start, (nuint)bytes.Length);
        }

        return count < 0 ? LastError() : PosixError.None;
    }

    /// <summary>Waits until reading or writing would not wait.</summary>
    /// <param name="toRead">Which of the two.</param>
    /// <param name="milliseconds">For how long at most.</param>
    /// <returns>Whether the time has come; also when it would fail at once.</returns>
    public bool Wait(bool toRead, int milliseconds)
    {
        NativePoll poll = new() { Descriptor = Number, Events = toRead ? PollIn : PollOut };
        return NativeMethods.Poll(&poll, 1, milliseconds) > 0;
    }

    /// <summary>Gives a file a name, perhaps its first.</summary>
    /// <param name="path">The name, which must be free.</param>
    /// <returns>The error, or none.</returns>
    public PosixError TryLinkTo(string path)
    {
        using FileDescriptor currentDirectory = new(CurrentDirectoryNumber);
        fixed (byte* source = Encoding.ASCII.GetBytes($"/proc/self/fd/{Number}\0"),
            name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            return NativeMethods.LinkAt(currentDirectory, source, currentDirectory, name, FollowFlag) == 0
                ? PosixError.None
                : LastError();
        }
    }

    /// <summary>Goes to a place in a file.</summary>
    /// <param name="offset">In bytes from the start.</param>
    /// <exception cref="PosixException">It is something without a position.</exception>
    public void SeekTo(long offset) => Check(NativeMethods.Seek(this, offset, SeekFromStart) < 0, "seek in");

    /// <summary>Gets the place in a file where reading or writing goes on.</summary>
    /// <returns>The offset in bytes from the start, or null for something without a position.</returns>
    public long? FindPosition() => NativeMethods.Seek(this, 0, SeekFromHere) is >= 0 and var offset ? offset : null;

    /// <summary>Goes back to the start, also of a directory.</summary>
    /// <exception cref="PosixException">It is something without a position.</exception>
    public void Rewind() => Check(NativeMethods.Seek(this, 0, SeekFromStart) < 0, "rewind");

    /// <summary>Waits until the content has reached the disk.</summary>
    /// <exception cref="PosixException">It cannot be written.</exception>
    public void Sync()
    {
        while (NativeMethods.Sync(this) != 0)
        {
            ThrowUnlessInterrupted("write to the disk");
        }
    }

    /// <summary>Reserves space, as far as the file system can.</summary>
    /// <param name="length">In bytes from the start.</param>
    /// <returns>The error, or none.</returns>
    public PosixError TryAllocate(long length) => (PosixError)NativeMethods.Allocate(this, 0, length);

    /// <summary>Waits for a lock.</summary>
    /// <param name="mode">Shared or alone. A lock that this descriptor has already is changed to it.</param>
    /// <exception cref="PosixException">The file system has no locks.</exception>
    public void Lock(LockMode mode)
    {
        while (NativeMethods.Lock(this, (int)mode) != 0)
        {
            ThrowUnlessInterrupted("lock");
        }
    }

    /// <summary>Takes a lock if nobody is in the way.</summary>
    /// <param name="mode">Shared or alone.</param>
    /// <returns>Whether it was taken.</returns>
    /// <exception cref="PosixException">The file system has no locks.</exception>
    public bool TryLock(LockMode mode)
    {
        while (NativeMethods.Lock(this, (int)mode | LockNonBlocking) != 0)
        {
            if (LastError() == PosixError.WouldBlock)
            {
                return false;
            }

            ThrowUnlessInterrupted("lock");
        }

        return true;
    }

    /// <summary>Gives a lock back.</summary>
    /// <exception cref="PosixException">The file system has no locks.</exception>
    public void Unlock()
    {
        while (NativeMethods.Lock(this, LockRelease) != 0)
        {
            ThrowUnlessInterrupted("unlock");
        }
    }

    /// <summary>Gets the status of what is open.</summary>
    /// <returns>The status.</returns>
    /// <exception cref="PosixException">The file system reports an error.</exception>
    public FileStatus GetStatus()
    {
        byte empty = 0;
        PosixError error = TryGetStatus(&empty, EmptyPathFlag, out FileStatus status);
        return error == PosixError.None ? status : throw Failed("read the status of", error);
    }

    /// <summary>Sets the permission bits, whatever the umask says.</summary>
    /// <param name="permissions">Twelve bits.</param>
    /// <exception cref="PosixException">They cannot be set.</exception>
    public void SetPermissions(int permissions)
    {
        while (NativeMethods.ChangeMode(this, (uint)permissions) != 0)
        {
            ThrowUnlessInterrupted("change the permissions of");
        }
    }

    /// <summary>Sets owner and group.</summary>
    /// <param name="userId">The owner; or <see cref="Unchanged"/>.</param>
    /// <param name="groupId">The group.</param>
    /// <returns>False where the user may not: a container may refuse it, or have no such group.</returns>
    /// <exception cref="PosixException">The file system reports an error.</exception>
    public bool TrySetOwner(uint userId, uint groupId)
    {
        if (NativeMethods.ChangeOwner(this, userId, groupId) == 0)
        {
            return true;
        }

        PosixError error = LastError();
        return error is PosixError.NotPermitted or PosixError.NotImplemented or PosixError.InvalidArgument
            ? false
            : throw Failed("change the owner of", error);
    }

    /// <summary>Sets the time of modification and leaves the time of access.</summary>
    /// <param name="seconds">Since 1970.</param>
    /// <exception cref="PosixException">It cannot be set.</exception>
    public void SetModificationTime(long seconds)
    {
        NativeTimeSpec* times = stackalloc NativeTimeSpec[2];
        FillTimes(times, seconds);
        while (NativeMethods.SetTimes(this, times) != 0)
        {
            ThrowUnlessInterrupted("change the times of");
        }
    }

    internal static PosixError LastError() => (PosixError)Marshal.GetLastPInvokeError();

    internal static void FillTimes(NativeTimeSpec* times, long modificationSeconds)
    {
        times[0] = new NativeTimeSpec { Nanoseconds = LeaveTime };
        times[1] = new NativeTimeSpec { Seconds = modificationSeconds };
    }

    internal PosixError TryGetStatus(byte* name, int flags, out FileStatus status)
    {
        NativeStatx native;
        if (NativeMethods.StatX(this, name, flags, BasicStatus, &native) != 0)
        {
            // A kernel or a sandbox that is older than the call.
            PosixError error = LastError();
            if (error is PosixError.NotImplemented or PosixError.NotPermitted)
            {
                error = NativeStat.TryGet(this, name, flags, out native);
            }

            if (error != PosixError.None)
            {
                status = default;
                return error;
            }
        }

        FileKind kind = (native.Mode & FormatMask) switch
        {
            FormatRegular => FileKind.Regular,
            FormatDirectory => FileKind.Directory,
            FormatSymlink => FileKind.Symlink,
            _ => FileKind.Other,
        };
        status = new FileStatus(
            kind,
            new FileIdentity(((ulong)native.DeviceMajor << 32) | native.DeviceMinor, native.Inode),
            native.Mode & PermissionMask,
            native.UserId,
            native.GroupId,
            native.LinkCount,
            native.Size,
            native.ModificationSeconds,
            native.ModificationNanoseconds);
        return PosixError.None;
    }

    /// <summary>Makes the error of a call on this descriptor, with the path that the kernel knows for it.</summary>
    internal PosixException Failed(string action, PosixError error)
    {
        string link = $"/proc/self/fd/{Number}";
        return new PosixException(action, new FileInfo(link).LinkTarget ?? link, (int)error);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => NativeMethods.Close((int)handle) == 0;

    private PosixError OpenTerminated(FileDescriptor directory, ReadOnlySpan<byte> terminated, int flags, int mode)
    {
        if (!IsInvalid)
        {
            throw new InvalidOperationException("the place is taken by an open file");
        }

        fixed (byte* bytes = terminated)
        {
            while (true)
            {
                int number = NativeMethods.OpenAt(directory, bytes, flags | OpenFlags.CloseOnExec, (uint)mode);
                if (number >= 0)
                {
                    SetHandle(number);
                    return PosixError.None;
                }

                PosixError error = LastError();
                if (error != PosixError.Interrupted)
                {
                    return error;
                }
            }
        }
    }

    private void Check(bool failed, string action)
    {
        if (failed)
        {
            throw Failed(action, LastError());
        }
    }

    private void ThrowUnlessInterrupted(string action)
    {
        PosixError error = LastError();
        if (error != PosixError.Interrupted)
        {
            throw Failed(action, error);
        }
    }
}
