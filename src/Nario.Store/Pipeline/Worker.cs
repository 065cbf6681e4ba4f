using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Nario.Store.Pipeline;

/// <summary>Performs items on a thread of its own, in the order in which they are added, beside the threads that add them.</summary>
/// <remarks>
/// The queue is bounded: adding waits for room. After a failure nothing more is performed; the items behind it are abandoned,
/// and the failure is rethrown by the next calls of <see cref="Add"/>, <see cref="Check"/> and <see cref="Drain"/>, by
/// <see cref="Drain"/> for the last time. Safe for several threads, but for <see cref="PerformOrAdd"/>, which one thread
/// calls that is the only one to add.
/// </remarks>
/// <param name="name">The name of the thread.</param>
/// <param name="limits">The bounds of the queue and of a batch.</param>
/// <param name="perform">Performs a batch, here or on the thread.</param>
/// <param name="abandon">Called for each item that is not performed, because of a failure or <see cref="Dispose"/>; or null. Does not
/// throw.</param>
/// <param name="failed">Called on the thread after a failure there; or null. Does not throw.</param>
/// <typeparam name="T">The type of the items.</typeparam>
internal sealed class Worker<T>(
    string name,
    WorkerLimits<T> limits,
    Action<ReadOnlySpan<T>> perform,
    Action<T>? abandon = null,
    Action? failed = null)
    : IDisposable
{
    // Guards all fields. Waiting for it does not spin: other threads need the processor.
    private readonly object _monitor = new();
    private readonly Queue<T> _waiting = [];
    private readonly List<T> _batch = [];
    private Thread? _thread;
    private long _addedCount;
    private long _doneCount;
    private long _waitingWeight;
    private long _due;
    private int _drainingCount;
    private bool _isEnding;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Gets how many items have been added and not yet performed.</summary>
    public long Backlog
    {
        get
        {
            lock (_monitor)
            {
                return _addedCount - _doneCount;
            }
        }
    }

    private bool IsFull => _waiting.Count >= limits.Capacity || _waitingWeight > limits.MaxWeight;

    /// <summary>Adds an item, after waiting for room in the queue.</summary>
    /// <exception cref="Exception">An earlier item has failed with it; this one is not added.</exception>
    public void Add(T item)
    {
        lock (_monitor)
        {
            ObjectDisposedException.ThrowIf(_isEnding, this);
            while (IsFull && _failure is null)
            {
                Monitor.Wait(_monitor);
            }

            _failure?.Throw();
            StartThread();
            if (_waiting.Count == 0)
            {
                _due = Environment.TickCount64 + limits.DelayMilliseconds;
            }

            _waiting.Enqueue(item);
            _waitingWeight += limits.Weigh(item);
            _addedCount++;
            if (_waiting.Count == 1 || IsFull)
            {
                Monitor.PulseAll(_monitor);
            }
        }
    }

    /// <summary>Performs an item on this thread when the worker has nothing to do, else adds it.</summary>
    /// <exception cref="Exception">This item, or an earlier one, has failed with it.</exception>
    public void PerformOrAdd(T item)
    {
        lock (_monitor)
        {
            ObjectDisposedException.ThrowIf(_isEnding, this);
            _failure?.Throw();
            if (_doneCount < _addedCount)
            {
                Add(item);
                return;
            }
        }

        try
        {
            perform(new ReadOnlySpan<T>(in item));
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
            throw;
        }
    }

    /// <summary>Rethrows the failure, if there is one.</summary>
    public void Check()
    {
        lock (_monitor)
        {
            _failure?.Throw();
        }
    }

    /// <summary>Waits until all items have been performed or abandoned.</summary>
    /// <exception cref="Exception">An item has failed with it. The worker performs what is added from now on.</exception>
    public void Drain()
    {
        lock (_monitor)
        {
            // Of several threads that drain, none leaves the others waiting for a delay.
            _drainingCount++;
            Monitor.PulseAll(_monitor);
            while (_doneCount < _addedCount)
            {
                Monitor.Wait(_monitor);
            }

            _drainingCount--;
            ExceptionDispatchInfo? failure = _failure;
            _failure = null;
            failure?.Throw();
        }
    }

    /// <summary>Waits until certain items have been performed or abandoned.</summary>
    /// <param name="argument">Passed on.</param>
    /// <param name="concerns">Tells whether an item is waited for.</param>
    /// <typeparam name="TArgument">The type of the argument.</typeparam>
    public void WaitFor<TArgument>(TArgument argument, Func<T, TArgument, bool> concerns)
    {
        lock (_monitor)
        {
            long number = _doneCount;
            long last = number;
            foreach (T item in _batch)
            {
                number++;
                last = concerns(item, argument) ? number : last;
            }

            foreach (T item in _waiting)
            {
                number++;
                last = concerns(item, argument) ? number : last;
            }

            while (_doneCount < last)
            {
                Monitor.Wait(_monitor);
            }
        }
    }

    /// <summary>Ends the thread after the batch that it performs. What still waits is abandoned.</summary>
    public void Dispose()
    {
        lock (_monitor)
        {
            _isEnding = true;
            Monitor.PulseAll(_monitor);
        }

        _thread?.Join();
        Abandon();
    }

    private void StartThread()
    {
        if (_thread is null)
        {
            Thread thread = new(Run) { IsBackground = true, Name = name };
            thread.Start();
            _thread = thread;
        }
    }

    private void Run()
    {
        while (TakeBatch())
        {
            ExceptionDispatchInfo? failure = null;
            try
            {
                perform(CollectionsMarshal.AsSpan(_batch));
            }
            catch (Exception exception)
            {
                // Rethrown to the next caller; nothing can catch it on this thread.
                failure = ExceptionDispatchInfo.Capture(exception);
            }

            FinishBatch(failure);
        }
    }

    /// <summary>Waits for a batch, whose items stay in <see cref="_batch"/> until they are done: nothing else keeps them alive.</summary>
    /// <returns>Whether there is one; false once the worker ends.</returns>
    private bool TakeBatch()
    {
        lock (_monitor)
        {
            while (!_isEnding)
            {
                if (_waiting.Count == 0)
                {
                    Monitor.Wait(_monitor);
                    continue;
                }

                long delay = _due - Environment.TickCount64;
                if (_waiting.Count >= limits.BatchCount || IsFull || _drainingCount > 0 || delay <= 0)
                {
                    break;
                }

                Monitor.Wait(_monitor, (int)delay);
            }

            if (_isEnding)
            {
                return false;
            }

            while (_batch.Count < limits.BatchCount && _waiting.TryDequeue(out T? item))
            {
                _batch.Add(item);
                _waitingWeight -= limits.Weigh(item);
            }

            Monitor.PulseAll(_monitor);
            return true;
        }
    }

    private void FinishBatch(ExceptionDispatchInfo? failure)
    {
        lock (_monitor)
        {
            _failure ??= failure;
        }

        if (failure is not null)
        {
            // The items behind may depend on the one that has failed.
            Abandon();
        }

        lock (_monitor)
        {
            _doneCount += _batch.Count;
            _batch.Clear();
            Monitor.PulseAll(_monitor);
        }

        if (failure is not null)
        {
            failed?.Invoke();
        }
    }

    /// <summary>Abandons what waits; while there is a failure, or the worker ends, nothing is added to it.</summary>
    private void Abandon()
    {
        T[] items;
        lock (_monitor)
        {
            items = [.. _waiting];
            _waiting.Clear();
            _waitingWeight = 0;
        }

        if (abandon is not null)
        {
            foreach (T item in items)
            {
                abandon(item);
            }
        }

        lock (_monitor)
        {
            _doneCount += items.Length;
            Monitor.PulseAll(_monitor);
        }
    }
}
