namespace Nario.Store.Import;

/// <summary>Says that a path refers to one that is not valid, so that it cannot be valid either.</summary>
public sealed class MissingReferenceException : StoreException
{
    /// <summary>Makes an error.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="reference">The full path that it refers to.</param>
    public MissingReferenceException(string path, string reference)
        : base($"path '{path}' refers to '{reference}', which is neither in the store nor earlier in this nario")
    {
        Path = path;
        Reference = reference;
    }

    /// <summary>Gets the full path.</summary>
    public string Path { get; }

    /// <summary>Gets the full path that it refers to.</summary>
    public string Reference { get; }
}
