using Nario.Store.Local.Trees;
using Nario.Store.Posix;

namespace Nario.Store.Local;

/// <summary>What additions use one after the other, so that a small path costs few calls of the system.</summary>
internal sealed class AdditionWorkspace : IDisposable
{
    private AdditionWorkspace(FileDescriptor collectorLock) => CollectorLock = collectorLock;

    /// <summary>Gets the open lock of the collector.</summary>
    public FileDescriptor CollectorLock { get; }

    /// <summary>Gets what restores the tree.</summary>
    public TreeRestorer Restorer { get; } = new();

    /// <summary>Opens one.</summary>
    /// <param name="stateDirectory">The state directory of the store.</param>
    /// <exception cref="PosixException">The collector's lock cannot be opened.</exception>
    public static AdditionWorkspace Open(string stateDirectory) => new(Locks.CollectorLock.Open(stateDirectory));

    /// <summary>Closes what is open.</summary>
    public void Dispose()
    {
        Restorer.Dispose();
        CollectorLock.Dispose();
    }
}
