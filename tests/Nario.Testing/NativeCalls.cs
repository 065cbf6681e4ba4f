using System.Runtime.InteropServices;

namespace Nario.Testing;

/// <summary>Calls of the operating system that only tests need.</summary>
internal static class NativeCalls
{
    private const string Library = "libc";

    [DllImport(Library, EntryPoint = "syscall", SetLastError = true)]
    internal static extern nint Call(nint number, nint first, nint second, nint third);

    [DllImport(Library, EntryPoint = "unshare", SetLastError = true)]
    internal static extern int Unshare(int flags);

    [DllImport(Library, EntryPoint = "umask")]
    internal static extern uint SetUmask(uint mask);

    [DllImport(Library, EntryPoint = "mkfifo", SetLastError = true)]
    internal static extern int MakeFifo([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);

    [DllImport(Library, EntryPoint = "link", SetLastError = true)]
    internal static extern int Link(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path, [MarshalAs(UnmanagedType.LPUTF8Str)] string newPath);

    [DllImport(Library, EntryPoint = "setxattr", SetLastError = true)]
    internal static extern int SetExtendedAttribute(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name,
        byte[] value,
        nint length,
        int flags);

    [DllImport(Library, EntryPoint = "llistxattr", SetLastError = true)]
    internal static extern nint ListExtendedAttributes(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path, byte[] buffer, nint capacity);
}
