using System.Text;
using Nario.Store.Posix;

namespace Nario.Store.Local;

/// <summary>
/// The lock on one store path that everybody who adds or deletes it takes, Nix included: <c>flock</c> on
/// <c>&lt;path&gt;.lock</c> beside it.
/// </summary>
/// <remarks>
/// The file is deleted in the end, so whoever waited for it may get a lock on a file that has no name any more. The one
/// who deletes it therefore writes a byte into it afterwards, and a file that is not empty is not the lock.
/// </remarks>
internal sealed class PathLock : IDisposable
{
    private readonly FileDescriptor _storeDirectory;
    private readonly FileDescriptor _file;
    private readonly byte[] _name;

    private PathLock(FileDescriptor storeDirectory, FileDescriptor file, byte[] name)
    {
        _storeDirectory = storeDirectory;
        _file = file;
        _name = name;
    }

    /// <summary>Waits for the lock on a path.</summary>
    /// <param name="storeDirectory">The real store directory; must stay open as long as the lock is held.</param>
    /// <param name="baseName">The base name of the path.</param>
    /// <returns>The lock; disposing it gives it back.</returns>
    /// <exception cref="PosixException">The file cannot be made or locked.</exception>
    public static PathLock Acquire(FileDescriptor storeDirectory, string baseName)
    {
        byte[] name = GetFileName(baseName);
        return new PathLock(storeDirectory, LockFile.OpenLocked(storeDirectory, name), name);
    }

    /// <summary>Takes the lock on a path if nobody else has it.</summary>
    /// <param name="storeDirectory">The real store directory; must stay open as long as the lock is held.</param>
    /// <param name="baseName">The base name of the path.</param>
    /// <returns>The lock, or null; disposing it gives it back.</returns>
    /// <exception cref="PosixException">The file cannot be made or locked.</exception>
    public static PathLock? TryAcquire(FileDescriptor storeDirectory, string baseName)
    {
        byte[] name = GetFileName(baseName);
        return LockFile.TryOpenLocked(storeDirectory, name) is { } file
            ? new PathLock(storeDirectory, file, name)
            : null;
    }

    /// <summary>Deletes the file and gives the lock back.</summary>
    public void Dispose()
    {
        try
        {
            LockFile.Delete(_storeDirectory, _name, _file);
        }
        catch (PosixException)
        {
            // On a full disk not even the mark can be written. The lock ends all the same, and the error that is
            // perhaps on its way must not be hidden.
        }
        finally
        {
            _file.Dispose();
        }
    }

    private static byte[] GetFileName(string baseName) => Encoding.ASCII.GetBytes(baseName + ".lock");
}
