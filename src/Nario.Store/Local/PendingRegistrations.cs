using Nario.Store.Paths;
using Nario.Store.Posix;

namespace Nario.Store.Local;

/// <summary>
/// Paths whose trees are in place, under lock, and which are registered together: one transaction for many small paths.
/// </summary>
/// <remarks>
/// A path waits until <see cref="MaxCount"/> paths do, for <see cref="MaxDelay"/> at most, or until
/// <see cref="Flush"/>. What a killed process has not registered is replaced by the next import.
/// Safe for several threads.
/// </remarks>
internal sealed class PendingRegistrations : IDisposable
{
    /// <summary>How many paths, and so locks, wait at most.</summary>
    private const int MaxCount = 64;

    /// <summary>How many references and signatures the paths have together before they wait no longer.</summary>
    private const int MaxItemCount = 4096;

    /// <summary>How long a path waits at most: others may want its lock.</summary>
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly StoreDatabase _database;
    private readonly FileDescriptor _storeDirectory;
    private readonly List<PendingRegistration> _inOrder = [];
    private readonly Dictionary<StorePath, ValidPathInfo> _byPath = [];
    private readonly Timer _timer;
    private int _itemCount;
    private StoreException? _failure;

    /// <summary>Makes an empty list.</summary>
    /// <param name="database">Where paths are registered.</param>
    /// <param name="storeDirectory">The real store directory; must stay open.</param>
    public PendingRegistrations(StoreDatabase database, FileDescriptor storeDirectory)
    {
        _database = database;
        _storeDirectory = storeDirectory;
        _timer = new Timer(
            static list => ((PendingRegistrations)list!).FlushLate(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
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
            if (_failure is not null)
            {
                registration.Drop(_storeDirectory);
                ThrowFailure();
            }

            ValidPathInfo info = registration.Info;
            _inOrder.Add(registration);
            _byPath.Add(info.Path, info);
            _itemCount += info.References.Count + info.Signatures.Count;
            if (_inOrder.Count == MaxCount || _itemCount > MaxItemCount)
            {
                FlushLocked();
            }
            else if (_inOrder.Count == 1)
            {
                _timer.Change(MaxDelay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Registers all paths that wait.</summary>
    /// <exception cref="StoreException">
    /// A path cannot be registered. It and those after it are deleted; those before it are valid.
    /// </exception>
    public void Flush()
    {
        lock (_lock)
        {
            FlushLocked();
            ThrowFailure();
        }
    }

    /// <summary>Registers all paths that wait, and ends.</summary>
    public void Dispose()
    {
        try
        {
            Flush();
        }
        finally
        {
            _timer.Dispose();
        }
    }

    /// <summary>Registers in the background. What goes wrong is told to whoever comes next.</summary>
    private void FlushLate()
    {
        lock (_lock)
        {
            try
            {
                FlushLocked();
            }
            catch (StoreException exception)
            {
                _failure = exception;
            }
        }
    }

    private void ThrowFailure()
    {
        if (_failure is { } failure)
        {
            _failure = null;
            throw failure;
        }
    }

    private void FlushLocked()
    {
        int registered = 0;
        try
        {
            if (_inOrder.Count > 1 && TryRegisterTogether())
            {
                registered = _inOrder.Count;
            }

            for (; registered < _inOrder.Count; registered++)
            {
                _database.Register([_inOrder[registered]]);
            }
        }
        finally
        {
            for (int index = 0; index < _inOrder.Count; index++)
            {
                if (index < registered)
                {
                    _inOrder[index].Lock.Dispose();
                }
                else
                {
                    _inOrder[index].Drop(_storeDirectory);
                }
            }

            _inOrder.Clear();
            _byPath.Clear();
            _itemCount = 0;
        }
    }

    /// <summary>Registers all or none; if none, trying one after the other tells which one is at fault.</summary>
    private bool TryRegisterTogether()
    {
        try
        {
            _database.Register(_inOrder);
            return true;
        }
        catch (StoreException)
        {
            return false;
        }
    }
}
