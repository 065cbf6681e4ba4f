using System.Collections.ObjectModel;
using System.Text;
using Nario.Codec;
using Nario.Store.Derivations;
using Nario.Store.Local.Database;
using Nario.Store.Local.Locks;
using Nario.Store.Local.Trees;
using Nario.Store.Paths;
using Nario.Store.Posix;

namespace Nario.Store.Local;

/// <summary>One path on its way into a local store.</summary>
/// <remarks>
/// No collector is kept waiting for a tree that is being made: its input may stall. The tree is under a name that is a
/// temporary root, and so is the path by the time that it is put in place.
/// </remarks>
internal sealed class LocalPathAddition : IPathAddition
{
    private readonly LocalStore _store;
    private readonly AdditionWorkspace _workspace;
    private readonly StagingDirectory _staging;
    private readonly TreeRestorer _restorer;
    private bool _committed;
    private bool _disposed;

    private LocalPathAddition(LocalStore store, AdditionWorkspace workspace, StagingDirectory staging)
    {
        _store = store;
        _workspace = workspace;
        _staging = staging;
        _restorer = workspace.Restorer;
        _restorer.Begin(staging.Directory);
    }

    /// <inheritdoc/>
    public INarSink Sink => _restorer;

    /// <summary>Makes the directory in which the tree is restored.</summary>
    /// <param name="store">The store.</param>
    /// <param name="workspace">What it works with, until it is disposed.</param>
    /// <returns>The addition.</returns>
    /// <exception cref="StoreException">The directory cannot be made.</exception>
    public static LocalPathAddition Begin(LocalStore store, AdditionWorkspace workspace) =>
        new(store, workspace, StagingDirectory.Create(store.RealStoreDirectory, workspace.Staging));

    /// <inheritdoc/>
    public bool Commit(ValidPathInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        BeginCommit();
        StoreDirectory storeDirectory = _store.StoreDirectory;
        string fullPath = storeDirectory.Join(info.Path);
        if (info.ContentAddress?.IsContentAddressed(storeDirectory, info.Path, info.References) == false)
        {
            throw new StoreException(
                $"cannot add path '{fullPath}' to the Nix store because it claims to be content-addressed but isn't");
        }

        CheckPathLength(info.Path, fullPath);
        CheckLockName(info.Path, fullPath);

        // The root comes first: from here on, what is valid or becomes valid stays.
        _store.AddTempRoot(info.Path);
        PathLock pathLock = LockPath(info.Path, out bool hadToWait);
        PendingRegistration registration;
        try
        {
            IReadOnlyDictionary<string, StorePath> outputs = info.Path.IsDerivation
                ? CheckDerivation(info.Path)
                : ReadOnlyDictionary<string, StorePath>.Empty;
            registration = new PendingRegistration(
                info, outputs, Encoding.ASCII.GetBytes(info.Path.BaseName), pathLock);
            if ((hadToWait && _store.IsValidPath(info.Path)) || !TryPutInPlace(registration))
            {
                pathLock.Dispose();
                return false;
            }
        }
        catch
        {
            pathLock.Dispose();
            throw;
        }

        _store.Registrations.Add(registration);
        return true;
    }

    /// <inheritdoc/>
    public void Replace(StorePath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        BeginCommit();
        CheckPathLength(path, _store.StoreDirectory.Join(path));
        _store.AddTempRoot(path);
        using PathLock pathLock = LockPath(path, out _);
        FileDescriptor directory = _store.RealStoreDirectory;
        byte[] name = Encoding.ASCII.GetBytes(path.BaseName);
        if (!directory.TryGetStatus(name, out _))
        {
            _staging.MoveTo(_restorer.RootKind, name);
            return;
        }

        // Whoever uses the path misses it for a moment only; if this is killed, what was there is left over.
        byte[] removed = Encoding.ASCII.GetBytes(StagingDirectory.MakePath().BaseName);
        directory.RenameWithoutReplacing(name, directory, removed);
        _staging.MoveTo(_restorer.RootKind, name);
        TreeRemover.Remove(directory, removed);
    }

    /// <summary>Drops what was restored, unless it has been added.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (_restorer.RootKind == RestoredRootKind.None)
        {
            // It stopped somewhere in a tree, and starts no other one.
            _restorer.Dispose();
            _staging.Dispose();
            _workspace.Dispose();
            return;
        }

        _staging.Dispose();
        _store.TakeBack(_workspace);
    }

    private void BeginCommit()
    {
        if (_committed || _restorer.RootKind == RestoredRootKind.None)
        {
            throw new InvalidOperationException("there is no whole tree to add");
        }

        _committed = true;
    }

    /// <summary>Gives the tree its name, unless the path has become valid meanwhile: then its tree is there.</summary>
    private bool TryPutInPlace(PendingRegistration registration)
    {
        try
        {
            _staging.MoveTo(_restorer.RootKind, registration.Name);
        }
        catch (PosixException exception) when (exception.ErrorNumber == (int)PosixError.Exists)
        {
            if (_store.IsValidPath(registration.Info.Path))
            {
                return false;
            }

            TreeRemover.Remove(_store.RealStoreDirectory, registration.Name);
            _staging.MoveTo(_restorer.RootKind, registration.Name);
        }

        return true;
    }

    /// <summary>Refuses a tree whose files nobody could name by their paths: no collector could delete it.</summary>
    private void CheckPathLength(StorePath path, string fullPath)
    {
        int directoryLength = Math.Max(
            Encoding.UTF8.GetByteCount(_store.StoreDirectory.Path), Encoding.UTF8.GetByteCount(_store.RealStorePath));
        int length = directoryLength + 1 + path.BaseName.Length + _restorer.LongestPath;
        if (length > SystemLimits.MaxPathLength)
        {
            throw new StoreException(
                $"cannot add path '{fullPath}': the path of a file in it would have {length} bytes on the disk, and the "
                + $"system takes {SystemLimits.MaxPathLength} at most");
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
            if (other is not null
                && _store.RealStoreDirectory.TryGetStatus(Encoding.ASCII.GetBytes(other.BaseName), out _)
                && _store.IsValidPath(other))
            {
                throw new StoreException(
                    $"cannot add path '{fullPath}' beside path '{_store.StoreDirectory.Join(other)}': one has the name "
                    + "of the other's lock");
            }
        }
    }

    /// <summary>Takes the lock on a path. Its holder may be waiting for a lock of ours, so ours are given back
    /// first.</summary>
    private PathLock LockPath(StorePath path, out bool hadToWait)
    {
        FileDescriptor directory = _store.RealStoreDirectory;
        if (PathLock.TryAcquire(directory, path.BaseName) is { } free)
        {
            hadToWait = false;
            return free;
        }

        hadToWait = true;
        _store.Registrations.Flush();
        return PathLock.Acquire(directory, path.BaseName);
    }

    /// <summary>Gets the paths that a derivation promises for its outputs, which follow from it.</summary>
    private IReadOnlyDictionary<string, StorePath> CheckDerivation(StorePath path)
    {
        if (_restorer.RootKind != RestoredRootKind.Entry)
        {
            throw new DerivationException(_store.StoreDirectory.Join(path), DerivationFile.NotAFile);
        }

        Derivation derivation =
            DerivationFile.Read(_staging.Directory, TreeRestorer.RootEntryName, _store.StoreDirectory, path);
        _store.OutputCheck.Check(derivation);
        return derivation.OutputPaths;
    }
}
