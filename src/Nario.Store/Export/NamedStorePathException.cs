namespace Nario.Store.Export;

/// <summary>Says that a name was given to what is a store path, whose name cannot change.</summary>
public sealed class NamedStorePathException : StoreException
{
    /// <summary>Makes an error.</summary>
    /// <param name="path">The full path.</param>
    public NamedStorePathException(string path)
        : base($"'{path}' is a store path, which has a name already") => Path = path;

    /// <summary>Gets the full path.</summary>
    public string Path { get; }
}
