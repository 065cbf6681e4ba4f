using System.Runtime.ExceptionServices;
using Nario.Codec;

namespace Nario.Store.Pipeline;

/// <summary>Lets an observer look at bytes on a thread of its own, beside the work of whoever reads or writes them.</summary>
/// <remarks>
/// The bytes stay where they are. Small pieces are looked at by the caller, unless others wait for the thread, so that what is
/// small needs none. Its members are called by one thread; the inner observer gets one piece after another.
/// </remarks>
/// <param name="inner">The observer; after it has thrown it sees nothing more.</param>
/// <param name="name">The name of the thread.</param>
/// <param name="failed">Called on the thread after the first failure there, which is told by a call still to come; or null.
/// Does not throw.</param>
internal sealed class ObserverThread(IByteObserver inner, string name, Action? failed = null) : IByteObserver, IDisposable
{
    /// <summary>How many steps, most of them a piece each, can wait for the thread.</summary>
    private const int QueueLength = 16;

    /// <summary>How many bytes are worth a thread.</summary>
    internal const int MinQueuedLength = 64 * 1024;

    private readonly Step[] _queue = new Step[QueueLength];

    // Guards what both threads use. Whoever waits for it does not spin: others need the processor.
    private readonly object _monitor = new();
    private Thread? _thread;

    // How many steps came, and how many of them are done.
    private long _count;
    private long _doneCount;
    private bool _isEnding;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Gets whether the thread has something to do.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_monitor)
            {
                return _doneCount < _count;
            }
        }
    }

    /// <inheritdoc/>
    public void Observe(ReadOnlyMemory<byte> bytes) => Observe(bytes, MinQueuedLength);

    /// <summary>Sees the next bytes.</summary>
    /// <param name="bytes">The bytes, as <see cref="Observe(ReadOnlyMemory{byte})"/> gets them.</param>
    /// <param name="minQueuedLength">How many bytes are left to the thread even if it has nothing to do.</param>
    public void Observe(ReadOnlyMemory<byte> bytes, int minQueuedLength) =>
        Take(new Step(bytes, null), bytes.Length >= minQueuedLength);

    /// <summary>
    /// Does something between two pieces: after all that came before has been looked at, and before what comes then is.
    /// </summary>
    /// <param name="action">What is done, here or on the thread. What it throws is told as what the observer throws.</param>
    public void Do(Action action) => Take(new Step(default, action), isLarge: false);

    /// <inheritdoc/>
    public void Release(ReadOnlyMemory<byte> memory)
    {
        lock (_monitor)
        {
            long last = _count - 1;
            while (last >= _doneCount && !_queue[last % QueueLength].Bytes.Span.Overlaps(memory.Span))
            {
                last--;
            }

            WaitFor(last + 1);
        }
    }

    /// <summary>Throws what the observer has thrown so far.</summary>
    public void Check()
    {
        lock (_monitor)
        {
            _failure?.Throw();
        }
    }

    /// <summary>Returns once all bytes have been looked at, or throws what the observer has thrown.</summary>
    public void Finish()
    {
        ObjectDisposedException.ThrowIf(_isEnding, this);
        WaitFor(_count);
        _failure?.Throw();
    }

    /// <summary>Ends the thread. The observer may not have looked at all bytes.</summary>
    public void Dispose()
    {
        lock (_monitor)
        {
            _isEnding = true;
            Monitor.PulseAll(_monitor);
        }

        _thread?.Join();

        // Nobody looks at them any more, so that whoever waits for that need not.
        _doneCount = _count;
    }

    private void Take(Step step, bool isLarge)
    {
        lock (_monitor)
        {
            ObjectDisposedException.ThrowIf(_isEnding, this);
            _failure?.Throw();
            if (isLarge || _doneCount < _count)
            {
                Enqueue(step);
                return;
            }

            // Nothing waits, so the thread does nothing, and never sees the two differ.
            _count++;
            _doneCount++;
        }

        try
        {
            Perform(in step);
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
            throw;
        }
    }

    private void Enqueue(Step step)
    {
        if (_thread is null)
        {
            Thread thread = new(Run) { IsBackground = true, Name = name };
            thread.Start();
            _thread = thread;
        }

        WaitFor(_count - QueueLength + 1);
        _queue[_count % QueueLength] = step;
        _count++;
        Monitor.PulseAll(_monitor);
    }

    private void WaitFor(long doneCount)
    {
        lock (_monitor)
        {
            while (_doneCount < doneCount)
            {
                Monitor.Wait(_monitor);
            }
        }
    }

    private void Run()
    {
        while (WaitForStep())
        {
            ExceptionDispatchInfo? failure = null;
            try
            {
                if (_failure is null)
                {
                    Perform(in _queue[_doneCount % QueueLength]);
                }
            }
            catch (Exception exception)
            {
                // Told to whoever comes next, whatever it is: here nobody could take it.
                failure = ExceptionDispatchInfo.Capture(exception);
            }

            lock (_monitor)
            {
                _failure ??= failure;

                // What it holds may be large.
                _queue[_doneCount % QueueLength] = default;
                _doneCount++;
                Monitor.PulseAll(_monitor);
            }

            if (failure is not null)
            {
                failed?.Invoke();
            }
        }
    }

    /// <summary>Waits for the next step, which stays in the queue until it is done: nothing else is to keep what it holds.</summary>
    /// <returns>Whether there is one.</returns>
    private bool WaitForStep()
    {
        lock (_monitor)
        {
            while (_doneCount == _count && !_isEnding)
            {
                Monitor.Wait(_monitor);
            }

            return !_isEnding;
        }
    }

    private void Perform(in Step step)
    {
        if (step.Action is { } action)
        {
            action();
        }
        else
        {
            inner.Observe(step.Bytes);
        }
    }

    /// <summary>A piece to look at, or something to do.</summary>
    private readonly record struct Step(ReadOnlyMemory<byte> Bytes, Action? Action);
}
