using System.Runtime.InteropServices;

namespace Nario.Store.Posix;

/// <summary>The calls of the C library and the kernel that .NET has no safe form of.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "openat", SetLastError = true)]
    internal static partial int OpenAt(FileDescriptor directory, byte* name, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(FileDescriptor descriptor, byte* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(FileDescriptor descriptor, byte* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "pread", SetLastError = true)]
    internal static partial nint ReadAt(FileDescriptor descriptor, byte* buffer, nuint count, long offset);

    [LibraryImport(Library, EntryPoint = "lseek", SetLastError = true)]
    internal static partial long Seek(FileDescriptor descriptor, long offset, int origin);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(NativePoll* descriptors, nuint count, int milliseconds);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    internal static partial int Control(FileDescriptor descriptor, int command, int argument);

    [LibraryImport(Library, EntryPoint = "isatty")]
    internal static partial int IsTerminal(FileDescriptor descriptor);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Sync(FileDescriptor descriptor);

    [LibraryImport(Library, EntryPoint = "posix_fallocate")]
    internal static partial int Allocate(FileDescriptor descriptor, long offset, long length);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    internal static partial int Lock(FileDescriptor descriptor, int operation);

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true)]
    internal static partial int StatX(FileDescriptor directory, byte* name, int flags, uint mask, NativeStatx* status);

    [LibraryImport(Library, EntryPoint = "fchmod", SetLastError = true)]
    internal static partial int ChangeMode(FileDescriptor descriptor, uint mode);

    [LibraryImport(Library, EntryPoint = "fchown", SetLastError = true)]
    internal static partial int ChangeOwner(FileDescriptor descriptor, uint userId, uint groupId);

    [LibraryImport(Library, EntryPoint = "futimens", SetLastError = true)]
    internal static partial int SetTimes(FileDescriptor descriptor, NativeTimeSpec* accessAndModification);

    [LibraryImport(Library, EntryPoint = "utimensat", SetLastError = true)]
    internal static partial int SetTimesAt(
        FileDescriptor directory, byte* name, NativeTimeSpec* accessAndModification, int flags);

    [LibraryImport(Library, EntryPoint = "mkdirat", SetLastError = true)]
    internal static partial int MakeDirectoryAt(FileDescriptor directory, byte* name, uint mode);

    [LibraryImport(Library, EntryPoint = "symlinkat", SetLastError = true)]
    internal static partial int SymlinkAt(byte* target, FileDescriptor directory, byte* name);

    [LibraryImport(Library, EntryPoint = "linkat", SetLastError = true)]
    internal static partial int LinkAt(
        FileDescriptor directory, byte* name, FileDescriptor newDirectory, byte* newName, int flags);

    [LibraryImport(Library, EntryPoint = "readlinkat", SetLastError = true)]
    internal static partial nint ReadLinkAt(FileDescriptor directory, byte* name, byte* buffer, nuint capacity);

    [LibraryImport(Library, EntryPoint = "unlinkat", SetLastError = true)]
    internal static partial int UnlinkAt(FileDescriptor directory, byte* name, int flags);

    [LibraryImport(Library, EntryPoint = "renameat", SetLastError = true)]
    internal static partial int RenameAt(
        FileDescriptor directory, byte* name, FileDescriptor newDirectory, byte* newName);

    [LibraryImport(Library, EntryPoint = "renameat2", SetLastError = true)]
    internal static partial int RenameAt2(
        FileDescriptor directory, byte* name, FileDescriptor newDirectory, byte* newName, uint flags);

    [LibraryImport(Library, EntryPoint = "flistxattr", SetLastError = true)]
    internal static partial nint ListExtendedAttributes(FileDescriptor descriptor, byte* buffer, nuint capacity);

    [LibraryImport(Library, EntryPoint = "fremovexattr", SetLastError = true)]
    internal static partial int RemoveExtendedAttribute(FileDescriptor descriptor, byte* name);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint ReadDirectoryEntries(
        nint number, FileDescriptor directory, byte* buffer, nuint capacity);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint StatAt(
        nint number, FileDescriptor directory, byte* name, byte* status, int flags);

    [LibraryImport(Library, EntryPoint = "faccessat", SetLastError = true)]
    internal static partial int AccessAt(FileDescriptor directory, byte* name, int mode, int flags);

    [LibraryImport(Library, EntryPoint = "getrandom", SetLastError = true)]
    internal static partial nint GetRandom(byte* buffer, nuint length, uint flags);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint OpenTree(nint number, FileDescriptor directory, byte* name, uint flags);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint SetMountAttributes(
        nint number, FileDescriptor directory, byte* name, uint flags, NativeMountAttributes* attributes, nuint size);

    [LibraryImport(Library, EntryPoint = "unshare", SetLastError = true)]
    internal static partial int Unshare(int flags);

    [LibraryImport(Library, EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Mount(string? source, string target, string? type, nuint flags, nint data);

    [LibraryImport(Library, EntryPoint = "geteuid")]
    internal static partial uint GetEffectiveUserId();

    [LibraryImport(Library, EntryPoint = "getegid")]
    internal static partial uint GetEffectiveGroupId();

    [LibraryImport(Library, EntryPoint = "getgrnam_r", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int FindGroup(
        string name, NativeGroup* group, byte* buffer, nuint capacity, NativeGroup** result);

    [LibraryImport(Library, EntryPoint = "getpwuid_r")]
    internal static partial int FindUser(
        uint userId, NativeUser* user, byte* buffer, nuint capacity, NativeUser** result);
}
