using Nario.Codec;
using Nario.Store.Paths;
using Nario.Store.Signatures;

namespace Nario.Store;

/// <summary>What the engines know of a store: which paths are valid, what is known of them, their trees.</summary>
/// <remarks>
/// An import uses a store from two threads at once: additions are begun, filled, committed and disposed one after the other,
/// each step on one or the other thread; all else is called by the importer's caller meanwhile.
/// </remarks>
public interface IStore : IDisposable
{
    /// <summary>Gets the directory that the paths of this store are in, as they know it.</summary>
    StoreDirectory StoreDirectory { get; }

    /// <summary>Gets whether a path is registered as whole.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Whether it is valid.</returns>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    bool IsValidPath(StorePath path);

    /// <summary>Gets what the store knows of a path.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The information, or null when the path is not valid.</returns>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    ValidPathInfo? QueryPathInfo(StorePath path);

    /// <summary>Gets the paths that the contents of a path mention.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The paths in ascending order, each once, itself possibly among them; null when the path is not
    /// valid.</returns>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    IReadOnlyList<StorePath>? QueryReferences(StorePath path);

    /// <summary>Gets every valid path, in no particular order.</summary>
    /// <returns>The paths, read as they are asked for.</returns>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    IEnumerable<StorePath> QueryAllValidPaths();

    /// <summary>Reads the tree of a path from the disk.</summary>
    /// <param name="path">A valid path.</param>
    /// <param name="sink">Takes the tree.</param>
    /// <exception cref="StoreException">The path is not there, or holds what a NAR cannot.</exception>
    void ReadTree(StorePath path, INarSink sink);

    /// <summary>Gets whether a valid path is on the disk.</summary>
    /// <param name="path">A valid path.</param>
    /// <param name="readsContents">Whether it must be as it was registered, too.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>False when it is gone, or has changed.</returns>
    /// <exception cref="StoreException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    bool IsIntact(StorePath path, bool readsContents, CancellationToken cancellation);

    /// <summary>Keeps a path, if it is valid or becomes so, from being deleted as garbage until the store is closed.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    void Protect(StorePath path);

    /// <summary>Begins to add a path whose tree may come before its name.</summary>
    /// <returns>Where the tree goes; dispose it in any case.</returns>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    IPathAddition BeginAddition();

    /// <summary>
    /// Registers what was committed: until then only this object may see it as valid. Disposing the store does so too.
    /// </summary>
    /// <exception cref="StoreException">
    /// A path cannot be registered. It and those committed after it are dropped.
    /// </exception>
    void Flush();

    /// <summary>Adds signatures to a valid path. The caller has checked them.</summary>
    /// <param name="path">A valid path.</param>
    /// <param name="signatures">Those that the path has already are passed over.</param>
    /// <exception cref="StoreException">The path is not valid, or the store cannot be written.</exception>
    void AddSignatures(StorePath path, IReadOnlyCollection<Signature> signatures);
}
