using System.Runtime.ExceptionServices;
using Nario.Codec;

namespace Nario.Store.Engines;

/// <summary>Lets an observer look at bytes on a thread of its own, beside the work of whoever reads or writes them.</summary>
/// <remarks>
/// The bytes stay where they are. Small pieces are looked at by the caller, so that what is small needs no thread. Its
/// members are called by one thread; the inner observer gets one piece after another.
/// </remarks>
/// <param name="inner">The observer; after it has thrown it sees nothing more.</param>
/// <param name="name">The name of the thread.</param>
internal sealed class ObserverThread(IByteObserver inner, string name) : IByteObserver, IDisposable
{
    /// <summary>How many pieces can wait for the thread.</summary>
    private const int QueueLength = 16;

    /// <summary>How many bytes are worth a thread.</summary>
    private const int MinQueuedLength = 64 * 1024;

    private readonly ReadOnlyMemory<byte>[] _queue = new ReadOnlyMemory<byte>[QueueLength];

    // Guards what both threads use. Whoever waits for it does not spin: others need the processor.
    private readonly object _monitor = new();
    private Thread? _thread;

    // Numbers of pieces: those that came, those of them that were looked at, and those of them that were released.
    private long _count;
    private long _doneCount;
    private long _releasedCount;
    private bool _isEnding;
    private ExceptionDispatchInfo? _failure;

    /// <inheritdoc/>
    public void Observe(ReadOnlyMemory<byte> bytes)
    {
        lock (_monitor)
        {
            ObjectDisposedException.ThrowIf(_isEnding, this);
            _failure?.Throw();
            if (_doneCount < _count || bytes.Length >= MinQueuedLength)
            {
                Enqueue(bytes);
                return;
            }

            // Nothing waits, so the thread looks at nothing, and never sees the two differ.
            _count++;
            _doneCount++;
        }

        try
        {
            inner.Observe(bytes);
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Release()
    {
        _releasedCount = Math.Min(_releasedCount + 1, _count);
        WaitFor(_releasedCount);
    }

    /// <summary>Returns once all bytes have been looked at, or throws what the observer has thrown.</summary>
    public void Finish()
    {
        ObjectDisposedException.ThrowIf(_isEnding, this);
        WaitFor(_count);
        _releasedCount = _count;
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

    private void Enqueue(ReadOnlyMemory<byte> bytes)
    {
        if (_thread is null)
        {
            Thread thread = new(Run) { IsBackground = true, Name = name };
            thread.Start();
            _thread = thread;
        }

        WaitFor(_count - QueueLength + 1);
        _queue[_count % QueueLength] = bytes;
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
        while (TryTake(out ReadOnlyMemory<byte> bytes))
        {
            ExceptionDispatchInfo? failure = null;
            try
            {
                if (_failure is null)
                {
                    inner.Observe(bytes);
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
                _doneCount++;
                Monitor.PulseAll(_monitor);
            }
        }
    }

    private bool TryTake(out ReadOnlyMemory<byte> bytes)
    {
        lock (_monitor)
        {
            while (_doneCount == _count && !_isEnding)
            {
                Monitor.Wait(_monitor);
            }

            bytes = _queue[_doneCount % QueueLength];
            return !_isEnding;
        }
    }
}
