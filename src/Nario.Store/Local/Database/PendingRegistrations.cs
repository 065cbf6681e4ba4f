using System.Runtime.ExceptionServices;
using Nario.Store.Paths;
using Nario.Store.Posix;

namespace Nario.Store.Local.Database;

/// <summary>
/// Paths whose trees are in place, under lock, and which are registered together by a thread of their own: one
/// transaction for many small paths, while the next ones are restored.
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
    /// How many characters of references, signatures and outputs the paths have together before they wait no longer; and whoever
    /// adds a path with more waits until it is registered.
    /// </summary>
    internal const int MaxTextLength = 256 * 1024;

    /// <summary>How long a path waits at most: others may want its lock.</summary>
    private const int MaxDelayMilliseconds = 100;

    private readonly object _monitor = new();
    private readonly StoreDatabase _database;
    private readonly FileDescriptor _storeDirectory;
    private readonly Dictionary<StorePath, ValidPathInfo> _byPath = [];
    private List<PendingRegistration> _waiting = [];
    private List<PendingRegistration> _underway = [];
    private Thread? _thread;
    private long _textLength;
    private long _due;
    private bool _isUrgent;
    private bool _isEnding;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Makes an empty list.</summary>
    /// <param name="database">Where paths are registered: through a connection of its own, so that whoever asks this one
    /// does not wait for a transaction. Must stay open.</param>
    /// <param name="storeDirectory">The real store directory; must stay open.</param>
    public PendingRegistrations(StoreDatabase database, FileDescriptor storeDirectory)
    {
        _database = database;
        _storeDirectory = storeDirectory;
    }

    private bool IsFull => _waiting.Count >= MaxCount || _textLength > MaxTextLength;

    /// <summary>Gets what is to be registered of a path, or null.</summary>
    /// <param name="path">The path.</param>
    public ValidPathInfo? Find(StorePath path)
    {
        lock (_monitor)
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
        lock (_monitor)
        {
            while (IsFull && _failure is null)
            {
                Monitor.Wait(_monitor);
            }

            if (_failure is not null)
            {
                registration.Drop(_storeDirectory);
                ThrowFailure();
            }

            try
            {
                StartThread();
            }
            catch
            {
                registration.Drop(_storeDirectory);
                throw;
            }

            if (_waiting.Count == 0)
            {
                _due = Environment.TickCount64 + MaxDelayMilliseconds;
            }

            ValidPathInfo info = registration.Info;
            _waiting.Add(registration);
            _byPath.Add(info.Path, info);
            long length = registration.TextLength;
            _textLength += length;
            if (_waiting.Count == 1 || IsFull)
            {
                Monitor.PulseAll(_monitor);
            }

            if (length > MaxTextLength)
            {
                Flush();
            }
        }
    }

    /// <summary>Registers all paths that wait.</summary>
    /// <exception cref="StoreException">
    /// A path cannot be registered. It and those after it are deleted; those before it are valid.
    /// </exception>
    public void Flush()
    {
        lock (_monitor)
        {
            while (_byPath.Count > 0)
            {
                _isUrgent = true;
                Monitor.PulseAll(_monitor);
                Monitor.Wait(_monitor);
            }

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
            lock (_monitor)
            {
                _isEnding = true;
                Monitor.PulseAll(_monitor);
            }

            _thread?.Join();
        }
    }

    private void ThrowFailure()
    {
        ExceptionDispatchInfo? failure = _failure;
        _failure = null;
        failure?.Throw();
    }

    /// <summary>Begins with the first path: what only reads a store needs no second connection.</summary>
    private void StartThread()
    {
        if (_thread is null)
        {
            Thread thread = new(RegisterAll) { IsBackground = true, Name = "registration" };
            thread.Start();
            _thread = thread;
        }
    }

    private void RegisterAll()
    {
        StoreDatabase? connection = null;
        try
        {
            while (TakeGroup())
            {
                Exception? failure = null;
                try
                {
                    Register(_underway, ref connection);
                }
                catch (Exception exception)
                {
                    // Told to whoever comes next, whatever it is: here nobody could take it.
                    failure = exception;
                }

                FinishGroup(failure);
            }
        }
        finally
        {
            connection?.Dispose();
        }
    }

    /// <summary>Waits for paths.</summary>
    /// <returns>Whether there are some; there are none in the end.</returns>
    private bool TakeGroup()
    {
        lock (_monitor)
        {
            while (true)
            {
                if (_waiting.Count > 0)
                {
                    long delay = _due - Environment.TickCount64;
                    if (IsFull || _isUrgent || _isEnding || delay <= 0)
                    {
                        break;
                    }

                    Monitor.Wait(_monitor, (int)delay);
                }
                else if (_isEnding)
                {
                    return false;
                }
                else
                {
                    Monitor.Wait(_monitor);
                }
            }

            (_waiting, _underway) = (_underway, _waiting);
            _textLength = 0;
            Monitor.PulseAll(_monitor);
            return true;
        }
    }

    /// <summary>Says what became of a group. Those that came after one that failed go with it: they may refer to it.</summary>
    private void FinishGroup(Exception? failure)
    {
        lock (_monitor)
        {
            Forget(_underway);
            if (failure is not null)
            {
                _failure = ExceptionDispatchInfo.Capture(failure);
                Drop(_waiting, 0);
                Forget(_waiting);
                _textLength = 0;
            }

            _isUrgent &= _waiting.Count > 0;
            Monitor.PulseAll(_monitor);
        }
    }

    private void Forget(List<PendingRegistration> group)
    {
        foreach (PendingRegistration registration in group)
        {
            _byPath.Remove(registration.Info.Path);
        }

        group.Clear();
    }

    private void Register(List<PendingRegistration> group, ref StoreDatabase? connection)
    {
        int registered = 0;
        try
        {
            connection ??= _database.OpenAnother();
            if (group.Count > 1 && TryRegisterTogether(connection, group))
            {
                registered = group.Count;
            }

            for (; registered < group.Count; registered++)
            {
                connection.Register([group[registered]]);
            }
        }
        finally
        {
            for (int index = 0; index < registered; index++)
            {
                group[index].Lock.Dispose();
            }

            Drop(group, registered);
        }
    }

    private void Drop(List<PendingRegistration> group, int first)
    {
        for (int index = first; index < group.Count; index++)
        {
            group[index].Drop(_storeDirectory);
        }
    }

    /// <summary>Registers all or none; if none, trying one after the other tells which one is at fault.</summary>
    private static bool TryRegisterTogether(StoreDatabase database, List<PendingRegistration> group)
    {
        try
        {
            database.Register(group);
            return true;
        }
        catch (StoreException)
        {
            return false;
        }
    }
}
