namespace Nario.Store.Export;

/// <summary>Says that the name of a file or folder cannot be that of a store path.</summary>
public sealed class SourceNameException : StoreException
{
    /// <summary>Makes an error.</summary>
    /// <param name="file">The file or folder, as the caller named it.</param>
    /// <param name="name">The name.</param>
    /// <param name="fault">The rule that it breaks.</param>
    public SourceNameException(string file, string name, string fault)
        : base($"'{file}' cannot become a store path of that name: {fault}")
    {
        File = file;
        Name = name;
    }

    /// <summary>Gets the file or folder, as the caller named it.</summary>
    public string File { get; }

    /// <summary>Gets the name.</summary>
    public string Name { get; }
}
