using System.Text;
using Nario.Codec;
using Nario.Store.Configuration;
using Nario.Store.Derivations;
using Nario.Store.Local.Database;
using Nario.Store.Local.Locks;
using Nario.Store.Local.Trees;
using Nario.Store.Paths;
using Nario.Store.Pipeline;
using Nario.Store.Posix;
using Nario.Store.Signatures;

namespace Nario.Store.Local;

/// <summary>
/// A store on this machine, used without Nix but together with it: the same database, locks and temporary roots.
/// </summary>
/// <remarks>Its methods are safe for several threads; one addition is for one thread at a time.</remarks>
public sealed class LocalStore : IStore
{
    /// <summary>How many paths are taken from the database at a time.</summary>
    private const int ListLength = 1024;

    /// <summary>How many temporary roots are remembered, to write few of them twice.</summary>
    private const int RecentTempRootCount = 32;

    private readonly Lock _lock = new();
    private readonly StorePath?[] _recentTempRoots = new StorePath?[RecentTempRootCount];
    private int _nextTempRoot;
    private readonly StoreLocation _location;
    private readonly StoreAccess _access;
    private readonly StoreLayout _layout;
    private readonly bool _stripsCaseHack;
    private AdditionWorkspace? _workspace;
    private TempRoots? _tempRoots;

    private LocalStore(
        StoreLocation location,
        StoreAccess access,
        StoreLayout layout,
        StoreDatabase database,
        bool stripsCaseHack)
    {
        _stripsCaseHack = stripsCaseHack;
        _location = location;
        _access = access;
        _layout = layout;
        Database = database;
        Registrations = new PendingRegistrations(database, layout.RealStoreDirectory);
        OutputCheck = new OutputCheck(location.StoreDirectory, ReadDerivation);
    }

    /// <inheritdoc/>
    public StoreDirectory StoreDirectory => _location.StoreDirectory;

    /// <summary>Gets the database.</summary>
    internal StoreDatabase Database { get; }

    /// <summary>Gets the paths that are in place and wait to be registered.</summary>
    internal PendingRegistrations Registrations { get; }

    /// <summary>Gets what checks the outputs of derivations.</summary>
    internal OutputCheck OutputCheck { get; }

    /// <summary>Gets the open directory that holds the objects.</summary>
    internal FileDescriptor RealStoreDirectory => _layout.RealStoreDirectory;

    /// <summary>Gets the path of that directory.</summary>
    internal string RealStorePath => _location.RealStoreDirectory;

    /// <summary>Opens a store.</summary>
    /// <param name="location">Where its parts are.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="access">What for. A store to write to is made if it is not there yet, and what killed imports have
    /// left in it is deleted.</param>
    /// <returns>The store.</returns>
    /// <exception cref="StoreException">It cannot be opened or made; it has a schema other than 10; its directory is a
    /// symbolic link or below one.</exception>
    public static LocalStore Open(StoreLocation location, NixConfiguration configuration, StoreAccess access)
    {
        ArgumentNullException.ThrowIfNull(location);
        ArgumentNullException.ThrowIfNull(configuration);
        if (!OperatingSystem.IsLinux())
        {
            throw new StoreException("local stores are supported on Linux only");
        }

        StoreLayout layout = access == StoreAccess.Read
            ? StoreLayout.OpenExisting(location, configuration, out StoreDatabase database)
            : StoreLayout.Prepare(location, configuration, out database);
        try
        {
            if (access == StoreAccess.ReadAndWrite)
            {
                LeftOvers.Remove(layout.RealStoreDirectory, database);
            }

            return new LocalStore(location, access, layout, database, configuration.UseCaseHack);
        }
        catch
        {
            database.Dispose();
            layout.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool IsValidPath(StorePath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Registrations.Find(path) is not null || Database.IsValidPath(path);
    }

    /// <inheritdoc/>
    public ValidPathInfo? QueryPathInfo(StorePath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Registrations.Find(path) ?? Database.QueryPathInfo(path);
    }

    /// <inheritdoc/>
    public IReadOnlyList<StorePath>? QueryReferences(StorePath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Registrations.Find(path)?.References ?? Database.QueryReferences(path);
    }

    /// <inheritdoc/>
    public IEnumerable<StorePath> QueryAllValidPaths()
    {
        Registrations.Flush();
        StorePath? last = null;
        while (Database.ListPaths(last, ListLength) is { Count: > 0 } paths)
        {
            foreach (StorePath path in paths)
            {
                yield return path;
            }

            last = paths[^1];
        }
    }

    /// <inheritdoc/>
    public void ReadTree(StorePath path, INarSink sink)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(sink);
        string fullPath = StoreDirectory.Join(path);
        byte[] name = Encoding.ASCII.GetBytes(path.BaseName);
        if (!RealStoreDirectory.TryGetStatus(name, out _))
        {
            throw new StoreException(
                $"path '{fullPath}' is valid, but gone from the disk; 'nario import --repair' restores it from a nario");
        }

        TreeWalker.Walk(RealStoreDirectory, name, fullPath, sink, _stripsCaseHack);
    }

    /// <inheritdoc/>
    public bool IsIntact(StorePath path, bool readsContents, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Registrations.Find(path) is not null)
        {
            return true;
        }

        if (!RealStoreDirectory.TryGetStatus(Encoding.ASCII.GetBytes(path.BaseName), out _))
        {
            return false;
        }

        try
        {
            return !readsContents || Database.QueryPathInfo(path) is not { } info
                || NarDigest.Of(sink => ReadTree(path, sink), cancellation).Hash == info.NarHash;
        }
        catch (StoreException error) when (error is not PosixException)
        {
            // It has become something that no NAR can hold.
            return false;
        }
    }

    /// <inheritdoc/>
    public void Protect(StorePath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        CheckWritable();
        AddTempRoot(path);
    }

    /// <inheritdoc/>
    public IPathAddition BeginAddition()
    {
        CheckWritable();
        AdditionWorkspace workspace = Interlocked.Exchange(ref _workspace, null) ?? AdditionWorkspace.Open(this);
        try
        {
            return LocalPathAddition.Begin(this, workspace);
        }
        catch
        {
            workspace.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Flush() => Registrations.Flush();

    /// <inheritdoc/>
    public void AddSignatures(StorePath path, IReadOnlyCollection<Signature> signatures)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(signatures);
        CheckWritable();
        Registrations.Flush();
        Database.AddSignatures(path, signatures);
    }

    /// <summary>Registers what waits for it, closes the store and gives up its temporary roots. Additions must be
    /// disposed before.</summary>
    public void Dispose()
    {
        try
        {
            Registrations.Dispose();
        }
        finally
        {
            _workspace?.Dispose();
            _tempRoots?.Dispose();
            _tempRoots = null;
            Database.Dispose();
            _layout.Dispose();
        }
    }

    /// <summary>Takes back what an addition has worked with, for the next one.</summary>
    internal void TakeBack(AdditionWorkspace workspace) =>
        Interlocked.Exchange(ref _workspace, workspace)?.Dispose();

    /// <summary>Keeps the collector from deleting a path until the store is closed.</summary>
    /// <param name="path">The path, valid or not.</param>
    /// <exception cref="StoreException">The list of such paths cannot be written.</exception>
    internal void AddTempRoot(StorePath path)
    {
        lock (_lock)
        {
            // A path is mostly protected when it is met, and once more when it is added.
            if (Array.IndexOf(_recentTempRoots, path) < 0)
            {
                _tempRoots ??= TempRoots.Open(_location.StateDirectory);
                _tempRoots.Add(StoreDirectory.Join(path));
                _recentTempRoots[_nextTempRoot] = path;
                _nextTempRoot = (_nextTempRoot + 1) % RecentTempRootCount;
            }
        }
    }

    private Derivation ReadDerivation(StorePath path) => IsValidPath(path)
        ? DerivationFile.Read(RealStoreDirectory, Encoding.ASCII.GetBytes(path.BaseName), StoreDirectory, path)
        : throw new StoreException($"path '{StoreDirectory.Join(path)}', which it builds from, is not valid");

    private void CheckWritable()
    {
        if (_access == StoreAccess.Read)
        {
            throw new InvalidOperationException("the store is open to read only");
        }
    }
}
