using System.Runtime.InteropServices;

namespace Nario.Store.Posix;

/// <summary>Asks the kernel what this user may do with a file.</summary>
internal static partial class FileAccessCheck
{
    private const int WriteAndRead = 2 | 4;

    /// <summary>Gets whether a path is there and can be read and written, links followed.</summary>
    internal static bool CanReadAndWrite(string path) => CheckReadAndWrite(path) == PosixError.None;

    /// <summary>Gets why a path cannot be read and written, links followed; or no error.</summary>
    internal static PosixError CheckReadAndWrite(string path) =>
        Access(path, WriteAndRead) == 0 ? PosixError.None : FileDescriptor.LastError();

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
