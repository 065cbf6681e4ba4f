using System.Text;
using Nario.Store.Local.Database;
using Nario.Store.Local.Locks;
using Nario.Store.Local.Trees;
using Nario.Store.Paths;
using Nario.Store.Posix;

namespace Nario.Store.Local;

/// <summary>What killed imports leave in the store directory.</summary>
/// <remarks>
/// The lock on a path that is not registered is left to the import that adds the path, and what has the name of such a
/// path as well; or to the collector.
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
        using FileDescriptor? listed = storeDirectory.OpenAgain();
        if (listed is null)
        {
            // Who may not list the store directory cannot tell what is left in it; the collector can.
            return;
        }

        List<StorePath> directories = [];
        List<StorePath> locked = [];
        DirectoryReader reader = new();
        reader.Begin(listed);
        while (reader.Read())
        {
            if (!Ascii.IsValid(reader.Name)
                || !StorePath.TryParse(Encoding.ASCII.GetString(reader.Name), out StorePath? file))
            {
                continue;
            }

            if (StagingDirectory.IsPath(file))
            {
                directories.Add(file);
            }
            else if (FindLockedPath(file, database) is { } path)
            {
                locked.Add(path);
            }
        }

        foreach (StorePath path in directories)
        {
            StagingDirectory.TryRemoveLeftOver(storeDirectory, path, database.IsValidPath);
        }

        foreach (StorePath path in locked)
        {
            PathLock.TryRemoveLeftOver(storeDirectory, path.BaseName);
        }
    }

    /// <summary>Gets the registered path that a file is the lock of, unless it is a path itself.</summary>
    private static StorePath? FindLockedPath(StorePath file, StoreDatabase database) =>
        PathLock.FindLockedPath(file) is { } path && database.IsValidPath(path) && !database.IsValidPath(file)
            ? path
            : null;
}
