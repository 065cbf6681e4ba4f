using Nario.Store.Paths;
using Nario.Store.Pipeline;
using Nario.Store.Posix;

namespace Nario.Store.Local.Database;

/// <summary>
/// Paths whose trees are in place, under lock, and which a worker registers together: one transaction for many small paths,
/// while the next ones are restored.
/// </summary>
/// <remarks>
/// A path waits until <see cref="MaxCount"/> paths do, for <see cref="MaxDelayMilliseconds"/> at most, or until
/// <see cref="Flush"/>. What a killed process has not registered is replaced by the next import.
/// Safe for several threads.
/// </remarks>
internal sealed class PendingRegistrations : IDisposable
{
    /// <summary>How many paths, and so locks, wait at most; as many more can be on their way into the database.</summary>
    internal const int MaxCount = 64;

    /// <summary>
    /// How many characters of references, signatures and outputs the paths have together before they wait no longer; a path with
    /// more is waited for until it is registered.
    /// </summary>
    internal const int MaxTextLength = 256 * 1024;

    /// <summary>How long a path waits at most: other processes may want its lock.</summary>
    private const int MaxDelayMilliseconds = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<StorePath, ValidPathInfo> _byPath = [];
    private readonly StoreDatabase _database;
    private readonly FileDescriptor _storeDirectory;
    private readonly Worker<PendingRegistration> _worker;
    private StoreDatabase? _connection;

    /// <summary>Makes an empty list.</summary>
    /// <param name="database">Where paths are registered: through a connection of its own, so that queries by this one do not
    /// wait for a transaction. Must stay open.</param>
    /// <param name="storeDirectory">The real store directory; must stay open.</param>
    public PendingRegistrations(StoreDatabase database, FileDescriptor storeDirectory)
    {
        _database = database;
        _storeDirectory = storeDirectory;
        WorkerLimits<PendingRegistration> limits = new(MaxCount)
        {
            BatchCount = MaxCount,
            DelayMilliseconds = MaxDelayMilliseconds,
            Weigh = static registration => registration.TextLength,
            MaxWeight = MaxTextLength,
        };
        _worker = new Worker<PendingRegistration>("registration", limits, Register, Drop);
    }

    /// <summary>Gets what is to be registered of a path, or null.</summary>
    /// <param name="path">The path.</param>
    public ValidPathInfo? Find(StorePath path)
    {
        lock (_lock)
        {
            return _byPath.GetValueOrDefault(path);
        }
    }

    /// <summary>Takes a path.</summary>
    /// <param name="registration">The path; its references come before it.</param>
    /// <exception cref="StoreException">
    /// A path cannot be registered. It and those after it, this one among them, are deleted.
    /// </exception>
    public void Add(PendingRegistration registration)
    {
        lock (_lock)
        {
            _byPath.Add(registration.Info.Path, registration.Info);
        }

        try
        {
            _worker.Add(registration);
        }
        catch
        {
            Drop(registration);
            throw;
        }

        if (registration.TextLength > MaxTextLength)
        {
            Flush();
        }
    }

    /// <summary>Registers all paths that wait.</summary>
    /// <exception cref="StoreException">
    /// A path cannot be registered. It and those after it are deleted; those before it are valid.
    /// </exception>
    public void Flush() => _worker.Drain();

    /// <summary>Registers all paths that wait, and ends.</summary>
    public void Dispose()
    {
        try
        {
            Flush();
        }
        finally
        {
            _worker.Dispose();
            _connection?.Dispose();
        }
    }

    private void Register(ReadOnlySpan<PendingRegistration> group)
    {
        int registered = 0;
        try
        {
            // Opened for the first path: what only reads a store needs no second connection.
            _connection ??= _database.OpenAnother();
            if (group.Length > 1 && TryRegisterTogether(_connection, group))
            {
                registered = group.Length;
            }

            for (; registered < group.Length; registered++)
            {
                _connection.Register([group[registered]]);
            }
        }
        finally
        {
            foreach (PendingRegistration registration in group[..registered])
            {
                Forget(registration);
                registration.Lock.Dispose();
            }

            foreach (PendingRegistration registration in group[registered..])
            {
                Drop(registration);
            }
        }
    }

    private void Drop(PendingRegistration registration)
    {
        registration.Drop(_storeDirectory);
        Forget(registration);
    }

    private void Forget(PendingRegistration registration)
    {
        lock (_lock)
        {
            _byPath.Remove(registration.Info.Path);
        }
    }

    /// <summary>Registers all or none; if none, trying one after the other tells which one is at fault.</summary>
    private static bool TryRegisterTogether(StoreDatabase database, ReadOnlySpan<PendingRegistration> group)
    {
        try
        {
            database.Register([.. group]);
            return true;
        }
        catch (StoreException)
        {
            return false;
        }
    }
}
