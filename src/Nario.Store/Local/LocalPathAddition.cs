using System.Collections.ObjectModel;
using System.Text;
using Nario.Codec;
using Nario.Store.Derivations;
using Nario.Store.Paths;
using Nario.Store.Posix;

namespace Nario.Store.Local;

/// <summary>One path on its way into a local store.</summary>
internal sealed class LocalPathAddition : IPathAddition
{
    private const int FirstDerivationCapacity = 16 * 1024;

    private readonly LocalStore _store;
    private readonly StagingDirectory _staging;
    private readonly TreeRestorer _restorer;
    private bool _committed;

    /// <summary>Makes the directory in which the tree is restored.</summary>
    /// <param name="store">The store.</param>
    /// <exception cref="StoreException">It cannot be made.</exception>
    public LocalPathAddition(LocalStore store)
    {
        _store = store;
        _staging = StagingDirectory.Create(store.RealStoreDirectory);
        _restorer = new TreeRestorer(_staging.Directory);
    }

    /// <inheritdoc/>
    public INarSink Sink => _restorer;

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

        // The root comes first: from here on, what is valid or becomes valid stays.
        _store.AddTempRoot(info.Path);
        using PathLock pathLock = PathLock.Acquire(_store.RealStoreDirectory, info.Path.BaseName);
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
        _restorer.Dispose();
        _staging.Dispose();
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
