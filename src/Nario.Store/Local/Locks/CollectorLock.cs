using Nario.Store.Posix;

namespace Nario.Store.Local.Locks;

/// <summary>The lock that the collector holds alone while it runs; others hold it together, for a moment, to keep it
/// waiting.</summary>
internal static class CollectorLock
{
    private const string FileName = "gc.lock";

    /// <summary>Opens the lock, which is made if it is not there. It is not taken yet.</summary>
    /// <param name="stateDirectory">The state directory of the store.</param>
    /// <returns>The file to lock.</returns>
    /// <exception cref="PosixException">It cannot be opened.</exception>
    public static FileDescriptor Open(string stateDirectory) => FileDescriptor.Open(
        Path.Join(stateDirectory, FileName), OpenFlags.ReadWrite | OpenFlags.Create, LockFile.Permissions);
}
