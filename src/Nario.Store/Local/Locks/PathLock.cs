using System.Text;
using Nario.Store.Paths;
using Nario.Store.Posix;

namespace Nario.Store.Local.Locks;

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
    /// <summary>What follows the base name of the path in the name of the file.</summary>
    private const string Suffix = ".lock";

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

    /// <summary>Gets the path of which something in the store directory has the lock's name.</summary>
    /// <param name="file">The name, which may be that of a path as well.</param>
    /// <returns>The path, or null when it is not the name of a lock.</returns>
    public static StorePath? FindLockedPath(StorePath file) =>
        file.Name.EndsWith(Suffix, StringComparison.Ordinal)
        && StorePath.TryParse(file.BaseName[..^Suffix.Length], out StorePath? path)
            ? path
            : null;

    /// <summary>Gets the path that has the name of the lock on a path, if there can be one.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The other path, or null when the name would be too long for one.</returns>
    public static StorePath? FindNamesake(StorePath path) =>
        StorePath.TryParse(path.BaseName + Suffix, out StorePath? namesake) ? namesake : null;

    /// <summary>Deletes the lock on a path if nobody holds it.</summary>
    /// <param name="storeDirectory">The real store directory.</param>
    /// <param name="baseName">The base name of the path.</param>
    public static void TryRemoveLeftOver(FileDescriptor storeDirectory, string baseName)
    {
        try
        {
            TryAcquire(storeDirectory, baseName)?.Dispose();
        }
        catch (PosixException)
        {
            // Not ours to delete; nobody needs it gone.
        }
    }

    /// <summary>Deletes the file and gives the lock back. A second attempt is made where the first one fails.</summary>
    public void Dispose()
    {
        if (!TryDelete())
        {
            TryDelete();
        }

        _file.Dispose();
    }

    private bool TryDelete()
    {
        try
        {
            LockFile.Delete(_storeDirectory, _name, _file);
            return true;
        }
        catch (PosixException)
        {
            // On a full disk not even the mark can be written. The lock ends all the same, the next import deletes the
            // file, and the error that is perhaps on its way must not be hidden.
            return false;
        }
    }

    private static byte[] GetFileName(string baseName) => Encoding.ASCII.GetBytes(baseName + Suffix);
}
