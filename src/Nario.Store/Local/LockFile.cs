using Nario.Store.Posix;

namespace Nario.Store.Local;

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
    public static FileDescriptor OpenLocked(FileDescriptor directory, ReadOnlySpan<byte> name)
    {
        FileDescriptor file = new();
        try
        {
            while (true)
            {
                file.OpenAt(directory, name, OpenFlags.ReadWrite | OpenFlags.Create, Permissions);
                file.Lock(LockMode.Exclusive);
                FileStatus status = file.GetStatus();
                if (status is { Size: 0, LinkCount: > 0 })
                {
                    return file;
                }

                file.Close();
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Deletes a lock file that the caller holds, and tells those who wait for it.</summary>
    /// <param name="directory">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="PosixException">It cannot be deleted.</exception>
    public static void Delete(FileDescriptor directory, ReadOnlySpan<byte> name, FileDescriptor file)
    {
        directory.Unlink(name);
        file.Write("d"u8);
    }
}
