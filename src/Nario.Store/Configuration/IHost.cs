namespace Nario.Store.Configuration;

/// <summary>What the configuration depends on outside this program, so that tests can stand in for it.</summary>
public interface IHost
{
    /// <summary>Gets the folder that relative paths start at.</summary>
    string CurrentDirectory { get; }

    /// <summary>Gets the user's home folder: the one that <c>HOME</c> names, unless it belongs to somebody else.</summary>
    string HomeDirectory { get; }

    /// <summary>Gets the folder that <c>HOME</c> names when it belongs to somebody else; otherwise null.</summary>
    string? ForeignHomeDirectory { get; }

    /// <summary>Gets whether the user is root.</summary>
    bool IsSuperuser { get; }

    /// <summary>Gets a variable of the environment.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its value, possibly empty, or null when it is not set.</returns>
    string? GetVariable(string name);

    /// <summary>Gets whether there is something at a path.</summary>
    /// <param name="path">An absolute path.</param>
    /// <returns>Whether a file, a folder, a socket or a link to one is there.</returns>
    bool Exists(string path);

    /// <summary>Gets whether the user may read and write a folder.</summary>
    /// <param name="path">An absolute path.</param>
    /// <returns>Whether it is there and both are allowed.</returns>
    bool IsReadableAndWritable(string path);

    /// <summary>Reads a small file of text.</summary>
    /// <param name="path">An absolute path.</param>
    /// <returns>Its text, or null when it is not there or may not be read.</returns>
    /// <exception cref="StoreException">It is larger than configurations are.</exception>
    string? ReadText(string path);
}
