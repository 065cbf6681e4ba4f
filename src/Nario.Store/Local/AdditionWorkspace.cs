using Nario.Store.Local.Trees;
using Nario.Store.Paths;

namespace Nario.Store.Local;

/// <summary>What additions use one after the other, so that a small path costs few calls of the system.</summary>
internal sealed class AdditionWorkspace : IDisposable
{
    private AdditionWorkspace(StorePath staging) => Staging = staging;

    /// <summary>Gets the name under which trees are made, which the collector spares.</summary>
    public StorePath Staging { get; }

    /// <summary>Gets what restores the tree.</summary>
    public TreeRestorer Restorer { get; } = new();

    /// <summary>Makes one, after a collector that runs has ended.</summary>
    /// <param name="store">The store.</param>
    /// <exception cref="StoreException">The list of temporary roots cannot be written.</exception>
    public static AdditionWorkspace Open(LocalStore store)
    {
        StorePath staging = StagingDirectory.MakePath();

        // Nothing has the name yet, so no collector has found it to be garbage.
        store.AddTempRoot(staging);
        return new AdditionWorkspace(staging);
    }

    /// <summary>Closes what is open.</summary>
    public void Dispose() => Restorer.Dispose();
}
