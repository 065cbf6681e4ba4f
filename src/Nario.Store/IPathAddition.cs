using Nario.Codec;
using Nario.Store.Paths;

namespace Nario.Store;

/// <summary>
/// One path on its way into a store: its tree is restored beside the valid paths, then put in place and registered,
/// perhaps together with others. Disposing it without <see cref="Commit"/> drops what was restored.
/// </summary>
/// <remarks>It is used by one thread at a time, but not always by the same one.</remarks>
public interface IPathAddition : IDisposable
{
    /// <summary>Gets what takes the tree, once.</summary>
    INarSink Sink { get; }

    /// <summary>
    /// Puts the restored tree in place and has it registered, soon after or with <see cref="IStore.Flush"/>.
    /// </summary>
    /// <param name="info">What to register. The caller has checked its hash, size and signatures.</param>
    /// <returns>True when the path was added, false when it was valid already and the restored tree was
    /// dropped.</returns>
    /// <exception cref="StoreException">The path cannot be added: a reference is not valid, its content address does
    /// not hold, the store cannot be written; or a path that was committed before cannot be registered.</exception>
    bool Commit(ValidPathInfo info);

    /// <summary>Puts the restored tree in the place of a valid path, whatever is there. What is registered stays.</summary>
    /// <param name="path">The path. The caller has checked that the tree has the hash that is registered.</param>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    void Replace(StorePath path);
}
