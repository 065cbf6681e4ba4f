namespace Nario.Store.Posix;

/// <summary>The working directory of this process, which can be deleted while it runs.</summary>
public static class WorkingDirectory
{
    /// <summary>Gets its absolute path.</summary>
    /// <exception cref="StoreException">It is gone.</exception>
    public static string Path
    {
        get
        {
            try
            {
                return Environment.CurrentDirectory;
            }
            catch (IOException error)
            {
                throw new StoreException(
                    "the working directory is gone: name absolute paths, or change to another", error);
            }
        }
    }

    /// <summary>Makes a path absolute and canonical; links are not followed.</summary>
    /// <param name="path">The path. Only one that is relative needs the working directory.</param>
    /// <returns>The absolute path.</returns>
    /// <exception cref="StoreException">The path is relative, and the working directory is gone.</exception>
    public static string GetFullPath(string path) => System.IO.Path.IsPathFullyQualified(path)
        ? System.IO.Path.GetFullPath(path)
        : System.IO.Path.GetFullPath(path, Path);
}
