using System.Runtime.InteropServices;

namespace Nario.Store.Posix;

/// <summary>Asks the kernel what this user may do with a file.</summary>
internal static unsafe partial class FileAccessCheck
{
    private const int Write = 2;

    private const int WriteAndRead = 2 | 4;

    /// <summary>Gets whether a path is there and can be read and written, links followed.</summary>
    internal static bool CanReadAndWrite(string path) => CheckReadAndWrite(path) == PosixError.None;

    /// <summary>Gets why a path cannot be read and written, links followed; or no error.</summary>
    internal static PosixError CheckReadAndWrite(string path) =>
        Access(path, WriteAndRead) == 0 ? PosixError.None : FileDescriptor.LastError();

    /// <summary>Gets why an open directory cannot be written to; or no error.</summary>
    internal static PosixError CheckWrite(FileDescriptor directory)
    {
        fixed (byte* here = "."u8)
        {
            return NativeMethods.AccessAt(directory, here, Write, 0) == 0
                ? PosixError.None
                : FileDescriptor.LastError();
        }
    }

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
