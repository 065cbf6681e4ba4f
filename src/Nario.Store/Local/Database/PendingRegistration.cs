using Nario.Store.Local.Locks;
using Nario.Store.Local.Trees;
using Nario.Store.Paths;
using Nario.Store.Posix;

namespace Nario.Store.Local.Database;

/// <summary>A path whose tree is in place and that is still to be registered.</summary>
/// <param name="Info">What is known of it.</param>
/// <param name="Outputs">The outputs of a derivation whose paths are known, by name.</param>
/// <param name="Name">The name of the tree in the store directory.</param>
/// <param name="Lock">The lock on the path.</param>
internal sealed record PendingRegistration(
    ValidPathInfo Info, IReadOnlyDictionary<string, StorePath> Outputs, byte[] Name, PathLock Lock)
    : Registration(Info, Outputs)
{
    /// <summary>Gets how many characters it holds of references, signatures and outputs.</summary>
    public long TextLength
    {
        get
        {
            long length = Info.TextLength;
            foreach ((string name, StorePath path) in Outputs)
            {
                length += name.Length + path.BaseName.Length;
            }

            return length;
        }
    }

    /// <summary>Deletes the tree and gives the lock back.</summary>
    /// <param name="storeDirectory">The real store directory.</param>
    public void Drop(FileDescriptor storeDirectory)
    {
        try
        {
            TreeRemover.Remove(storeDirectory, Name);
        }
        catch (StoreException)
        {
            // It is not valid, so whoever adds the path next deletes it; the first error is the one to report.
        }
        finally
        {
            Lock.Dispose();
        }
    }
}
