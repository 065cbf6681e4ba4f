using System.Collections.ObjectModel;
using System.Text;
using Nario.Codec;
using Nario.Store.Derivations;
using Nario.Store.Paths;
using Nario.Store.Posix;

namespace Nario.Store.Local;

/// <summary>One path on its way into a local store.</summary>
/// <remarks>
/// Collectors of older versions of Nix (2.8 among them) delete whatever has no store path for a name, locked or not. So
/// the collector is kept waiting as long as a tree is without its name.
/// </remarks>
internal sealed class LocalPathAddition : IPathAddition
{
    private const int FirstDerivationCapacity = 16 * 1024;

    private readonly LocalStore _store;
    private readonly FileDescriptor _collectorLock;
    private readonly StagingDirectory _staging;
    private readonly TreeRestorer _restorer;
    private bool _committed;

    private LocalPathAddition(LocalStore store, FileDescriptor collectorLock, StagingDirectory staging)
    {
        _store = store;
        _collectorLock = collectorLock;
        _staging = staging;
        _restorer = new TreeRestorer(staging.Directory);
    }

    /// <inheritdoc/>
    public INarSink Sink => _restorer;

    /// <summary>Makes the directory in which the tree is restored, after a collector that runs has ended.</summary>
    /// <param name="store">The store.</param>
    /// <param name="stateDirectory">Its state directory.</param>
    /// <returns>The addition.</returns>
    /// <exception cref="StoreException">The directory cannot be made.</exception>
    public static LocalPathAddition Begin(LocalStore store, string stateDirectory)
    {
        FileDescriptor collectorLock = CollectorLock.Open(stateDirectory);
        try
        {
            collectorLock.Lock(LockMode.Shared);
            return new LocalPathAddition(store, collectorLock, StagingDirectory.Create(store.RealStoreDirectory));
        }
        catch
        {
            collectorLock.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool Commit(ValidPathInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (_committed || _restorer.RootKind == RestoredRootKind.None)
        {
            throw new InvalidOperationException("there is no whole tree to add");
        }

        _committed = true;
        StoreDirectory storeDirectory = _store.StoreDirectory;
        string fullPath = storeDirectory.Join(info.Path);
        if (info.ContentAddress?.IsContentAddressed(storeDirectory, info.Path, info.References) == false)
        {
            throw new StoreException(
                $"cannot add path '{fullPath}' to the Nix store because it claims to be content-addressed but isn't");
        }

        CheckLockName(info.Path, fullPath);

        // The root comes first: from here on, what is valid or becomes valid stays.
        _store.AddTempRoot(info.Path);
        using PathLock pathLock = LockPath(info.Path);
        if (_store.IsValidPath(info.Path))
        {
            return false;
        }

        IReadOnlyDictionary<string, StorePath> outputs = info.Path.IsDerivation
            ? Derivation.Parse(storeDirectory, info.Path, ReadDerivation(fullPath)).OutputPaths
            : ReadOnlyDictionary<string, StorePath>.Empty;
        byte[] name = Encoding.ASCII.GetBytes(info.Path.BaseName);
        TreeRemover.Remove(_store.RealStoreDirectory, name);
        _staging.MoveTo(_restorer.RootKind, name);
        try
        {
            _store.Database.Register(info, outputs);
        }
        catch
        {
            RemoveUnregistered(name);
            throw;
        }

        return true;
    }

    /// <summary>Drops what was restored, unless it has been added.</summary>
    public void Dispose()
    {
        try
        {
            _restorer.Dispose();
            _staging.Dispose();
        }
        finally
        {
            _collectorLock.Dispose();
        }
    }

    /// <summary>
    /// Refuses a path whose name is that of another one's lock, or whose lock has the name of another path: taking the
    /// lock would do away with that path.
    /// </summary>
    private void CheckLockName(StorePath path, string fullPath)
    {
        foreach (StorePath? other in (ReadOnlySpan<StorePath?>)
            [PathLock.FindLockedPath(path), PathLock.FindNamesake(path)])
        {
            if (other is not null && _store.IsValidPath(other))
            {
                throw new StoreException(
                    $"cannot add path '{fullPath}' beside path '{_store.StoreDirectory.Join(other)}': one has the name "
                    + "of the other's lock");
            }
        }
    }

    /// <summary>Takes the lock on a path. Whoever has it may be waiting for the collector, so it must not wait for
    /// this in turn.</summary>
    private PathLock LockPath(StorePath path)
    {
        FileDescriptor directory = _store.RealStoreDirectory;
        if (PathLock.TryAcquire(directory, path.BaseName) is { } free)
        {
            return free;
        }

        _collectorLock.Unlock();
        PathLock pathLock = PathLock.Acquire(directory, path.BaseName);
        try
        {
            _collectorLock.Lock(LockMode.Shared);
            return _staging.Directory.GetStatus().LinkCount > 0 || _store.IsValidPath(path)
                ? pathLock
                : throw new StoreException(
                    $"the garbage collector has deleted path '{_store.StoreDirectory.Join(path)}' before it was added; "
                    + "try again");
        }
        catch
        {
            pathLock.Dispose();
            throw;
        }
    }

    private ReadOnlySpan<byte> ReadDerivation(string fullPath)
    {
        using FileDescriptor file = new();
        if (_restorer.RootKind != RestoredRootKind.Entry
            || file.TryOpenAt(_staging.Directory, TreeRestorer.RootEntryName, OpenFlags.ReadOnly) != PosixError.None)
        {
            throw new StoreException($"error parsing derivation '{fullPath}': error: it is not a file");
        }

        byte[] text = new byte[FirstDerivationCapacity];
        int length = 0;

        // One byte more than allowed is enough to have it refused.
        while (length <= Derivation.MaxByteLength && file.Read(text.AsSpan(length)) is var count and > 0)
        {
            length += count;
            if (length == text.Length)
            {
                Array.Resize(ref text, text.Length * 2);
            }
        }

        return text.AsSpan(0, length);
    }

    private void RemoveUnregistered(byte[] name)
    {
        try
        {
            TreeRemover.Remove(_store.RealStoreDirectory, name);
        }
        catch (StoreException)
        {
            // It is not valid, so whoever adds the path next deletes it; the first error is the one to report.
        }
    }
}
