using Nario.Store.Paths;
using Nario.Store.Posix;

namespace Nario.Store.Export;

/// <summary>Finds what a user means by a path: something in a store, or a source.</summary>
/// <param name="storeDirectory">The store directory.</param>
/// <param name="realStoreDirectory">The folder that really holds the objects, or null.</param>
internal sealed class SourceLocator(StoreDirectory storeDirectory, string? realStoreDirectory)
{
    // As many links as Linux follows in one path.
    private const int MaximumLinks = 40;

    /// <summary>
    /// Gets the store path that a path names, lies in, or leads to through links; null when it leads to none.
    /// </summary>
    /// <param name="path">A path as the user wrote it.</param>
    /// <exception cref="StoreException">It leads into the store directory, but to no store path, or through too many links; or it is empty.</exception>
    public StorePath? Find(string path)
    {
        if (path.Length == 0)
        {
            throw new StoreException("a path must not be empty");
        }

        string current = Path.TrimEndingDirectorySeparator(WorkingDirectory.GetFullPath(path));
        for (int links = 0; links <= MaximumLinks; links++)
        {
            if (FindDirectly(current) is { } found)
            {
                return found;
            }

            if (FollowFirstLink(current) is not { } next)
            {
                return null;
            }

            current = next;
        }

        throw new StoreException($"too many levels of symbolic links in '{path}'");
    }

    private StorePath? FindDirectly(string path)
    {
        string? rest = Below(path, storeDirectory.ToString()) ?? (realStoreDirectory is null ? null : Below(path, realStoreDirectory));
        if (rest is null)
        {
            return null;
        }

        int end = rest.IndexOf('/', StringComparison.Ordinal);
        return StorePath.Parse(end < 0 ? rest : rest[..end]);
    }

    private static string? Below(string path, string directory) =>
        path.StartsWith(directory + "/", StringComparison.Ordinal) ? path[(directory.Length + 1)..] : null;

    /// <summary>Replaces the first component that is a link by its target; null when there is none.</summary>
    private static string? FollowFirstLink(string path)
    {
        for (int end = path.IndexOf('/', 1); ; end = path.IndexOf('/', end + 1))
        {
            string prefix = end < 0 ? path : path[..end];
            if (new FileInfo(prefix).LinkTarget is { } target)
            {
                string rest = end < 0 ? string.Empty : path[end..];
                return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(prefix) ?? "/", target) + rest);
            }

            if (end < 0)
            {
                return null;
            }
        }
    }
}
