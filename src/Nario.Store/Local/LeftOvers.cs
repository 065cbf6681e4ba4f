using System.Text;
using Nario.Store.Local.Database;
using Nario.Store.Local.Locks;
using Nario.Store.Local.Trees;
using Nario.Store.Paths;
using Nario.Store.Posix;

namespace Nario.Store.Local;

/// <summary>What killed imports leave in the store directory.</summary>
/// <remarks>
/// The lock on a path that is not registered is left to whoever adds the path, and what has the name of such a path as
/// well; or to the collector.
/// </remarks>
internal static class LeftOvers
{
    /// <summary>Deletes the directories in which nobody works, and the locks of registered paths that nobody
    /// holds.</summary>
    /// <param name="storeDirectory">The real store directory.</param>
    /// <param name="database">Tells which paths are registered.</param>
    /// <exception cref="StoreException">The store directory or the database cannot be read.</exception>
    public static void Remove(FileDescriptor storeDirectory, StoreDatabase database)
    {
        List<byte[]> directories = [];
        List<StorePath> locked = [];
        DirectoryReader reader = new();
        reader.Begin(storeDirectory);
        while (reader.Read())
        {
            if (reader.Name.StartsWith(StagingDirectory.Prefix))
            {
                directories.Add(reader.Name.ToArray());
            }
            else if (FindLockedPath(reader.Name, database) is { } path)
            {
                locked.Add(path);
            }
        }

        foreach (byte[] name in directories)
        {
            StagingDirectory.TryRemoveLeftOver(storeDirectory, name);
        }

        foreach (StorePath path in locked)
        {
            PathLock.TryRemoveLeftOver(storeDirectory, path.BaseName);
        }
    }

    /// <summary>Gets the registered path that a file is the lock of, unless it is a path itself.</summary>
    private static StorePath? FindLockedPath(ReadOnlySpan<byte> name, StoreDatabase database)
    {
        if (!Ascii.IsValid(name)
            || !StorePath.TryParse(Encoding.ASCII.GetString(name), out StorePath? file)
            || PathLock.FindLockedPath(file) is not { } path)
        {
            return null;
        }

        return database.IsValidPath(path) && !database.IsValidPath(file) ? path : null;
    }
}
