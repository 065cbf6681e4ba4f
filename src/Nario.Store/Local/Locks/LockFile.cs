using Nario.Store.Posix;

namespace Nario.Store.Local.Locks;

/// <summary>Lock files that are deleted after use, in the way that Nix and its collector do it.</summary>
internal static class LockFile
{
    /// <summary>The permissions of a lock file: 0600.</summary>
    public const int Permissions = 0x180;

    /// <summary>Makes a lock file if it is not there, and waits to hold it alone.</summary>
    /// <param name="directory">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The locked file, which is known to be the one that has the name.</returns>
    /// <exception cref="PosixException">It cannot be made or locked.</exception>
    public static FileDescriptor OpenLocked(FileDescriptor directory, ReadOnlySpan<byte> name) =>
        OpenLocked(directory, name, wait: true)!;

    /// <summary>Makes a lock file if it is not there, and holds it alone if nobody else has it.</summary>
    /// <param name="directory">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The locked file, which is known to be the one that has the name; or null.</returns>
    /// <exception cref="PosixException">It cannot be made or locked.</exception>
    public static FileDescriptor? TryOpenLocked(FileDescriptor directory, ReadOnlySpan<byte> name) =>
        OpenLocked(directory, name, wait: false);

    /// <summary>Deletes a lock file that the caller holds, and tells those who wait for it.</summary>
    /// <param name="directory">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="PosixException">It cannot be deleted.</exception>
    public static void Delete(FileDescriptor directory, ReadOnlySpan<byte> name, FileDescriptor file)
    {
        RemoveName(directory, name, file.GetStatus());
        file.Write("d"u8);
    }

    /// <summary>Takes its name away from a file that the caller holds, if it has it.</summary>
    private static void RemoveName(FileDescriptor directory, ReadOnlySpan<byte> name, FileStatus status)
    {
        if (directory.TryGetStatus(name, out FileStatus named) && named.Identity == status.Identity)
        {
            directory.Unlink(name);
        }
    }

    private static FileDescriptor? OpenLocked(FileDescriptor directory, ReadOnlySpan<byte> name, bool wait)
    {
        FileDescriptor file = new();
        try
        {
            while (true)
            {
                file.OpenAt(directory, name, OpenFlags.ReadWrite | OpenFlags.Create, Permissions);
                if (wait)
                {
                    file.Lock(LockMode.Exclusive);
                }
                else if (!file.TryLock(LockMode.Exclusive))
                {
                    file.Dispose();
                    return null;
                }

                FileStatus status = file.GetStatus();
                if (status is { Size: 0, LinkCount: > 0 })
                {
                    return file;
                }

                // A file that is marked and has its name all the same could never be locked.
                RemoveName(directory, name, status);
                file.CloseChecked();
            }
        }
        catch
        {
            TryDiscard(directory, name, file);
            throw;
        }
    }

    /// <summary>Deletes a file that has perhaps just been made, unless somebody else holds it.</summary>
    private static void TryDiscard(FileDescriptor directory, ReadOnlySpan<byte> name, FileDescriptor file)
    {
        try
        {
            if (!file.IsInvalid && file.TryLock(LockMode.Exclusive))
            {
                Delete(directory, name, file);
            }
        }
        catch (PosixException)
        {
            // The first error is the one to report.
        }
        finally
        {
            file.Dispose();
        }
    }
}
