using System.Runtime.CompilerServices;
using Nario.Store.Pipeline;
using Nario.Testing;

namespace Nario.Store.Tests.Pipeline;

public sealed class WorkerTests
{
    private const int Capacity = 16;

    [Fact]
    public void Performs_on_the_thread_of_the_caller_when_it_has_nothing_to_do_and_else_beside_it()
    {
        using ManualResetEventSlim mayPerform = new();
        List<(int Item, int Thread)> done = [];
        using Worker<int> worker = Begin(items =>
        {
            if (items[0] == 1)
            {
                mayPerform.Wait();
            }

            done.Add((items[0], Environment.CurrentManagedThreadId));
        });
        worker.PerformOrAdd(0);
        worker.Add(1);
        worker.PerformOrAdd(2);
        mayPerform.Set();
        worker.Drain();
        worker.PerformOrAdd(3);

        int here = Environment.CurrentManagedThreadId;
        Assert.Equal([0, 1, 2, 3], done.Select(static step => step.Item));
        Assert.Equal([true, false, false, true], done.Select(step => step.Thread == here));
    }

    [Fact]
    public void Only_items_that_concern_the_caller_are_waited_for()
    {
        using ManualResetEventSlim mayPerform = new();
        List<int> done = [];
        using Worker<int> worker = Begin(items =>
        {
            if (items[0] == 2)
            {
                mayPerform.Wait();
            }

            done.Add(items[0]);
        });
        worker.Add(1);
        worker.Add(2);
        worker.WaitFor(1, static (item, wanted) => item == wanted);
        worker.WaitFor(9, static (item, wanted) => item == wanted);
        int[] first = [.. done];
        mayPerform.Set();
        worker.WaitFor(2, static (item, wanted) => item == wanted);

        Assert.Equal([1], first);
        Assert.Equal([1, 2], done);
    }

    [Fact]
    public void Holds_nothing_of_what_is_done()
    {
        using ManualResetEventSlim mayPerform = new();
        using Worker<object> worker = new("test", new WorkerLimits<object>(Capacity), _ => mayPerform.Wait());
        WeakReference done = AddObject(worker);
        mayPerform.Set();
        worker.Drain();
        GC.Collect();
        Assert.False(done.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference AddObject(Worker<object> worker)
        {
            object something = new();
            worker.Add(something);
            return new WeakReference(something);
        }
    }

    [Fact]
    public void Adding_to_a_full_queue_waits()
    {
        using ManualResetEventSlim mayPerform = new();
        List<int> done = [];
        using Worker<int> worker = Begin(items =>
        {
            mayPerform.Wait();
            done.Add(items[0]);
        });
        int added = 0;
        RunningThread adding = RunningThread.Start(() =>
        {
            for (int item = 0; item < 3 * Capacity; item++)
            {
                worker.Add(item);
                Interlocked.Increment(ref added);
            }
        });
        Thread.Sleep(100);

        // One is in work.
        Assert.InRange(Volatile.Read(ref added), 0, Capacity + 1);
        mayPerform.Set();
        adding.Join();
        worker.Drain();
        Assert.Equal(Enumerable.Range(0, 3 * Capacity), done);
    }

    [Fact]
    public void Adding_to_a_queue_that_holds_too_much_waits()
    {
        using ManualResetEventSlim mayPerform = new();
        WorkerLimits<int> limits = new(Capacity) { Weigh = static item => item, MaxWeight = 10 };
        using Worker<int> worker = new("test", limits, _ => mayPerform.Wait());
        int added = 0;
        RunningThread adding = RunningThread.Start(() =>
        {
            for (int count = 0; count < 5; count++)
            {
                worker.Add(6);
                Interlocked.Increment(ref added);
            }
        });
        Thread.Sleep(100);
        Assert.InRange(Volatile.Read(ref added), 0, 3);
        mayPerform.Set();
        adding.Join();
        worker.Drain();
        Assert.Equal(5, added);
    }

    [Fact]
    public void Performs_a_batch_when_it_is_full_and_what_is_left_when_the_worker_is_drained()
    {
        List<int> sizes = [];
        WorkerLimits<int> limits = new(4) { BatchCount = 4, DelayMilliseconds = int.MaxValue };
        using Worker<int> worker = new("test", limits, items => sizes.Add(items.Length));
        for (int item = 0; item < 6; item++)
        {
            worker.Add(item);
        }

        worker.Drain();
        Assert.Equal([4, 2], sizes);
    }

    [Fact]
    public void Performs_a_batch_that_is_not_full_after_the_delay()
    {
        using ManualResetEventSlim isDone = new();
        WorkerLimits<int> limits = new(4) { BatchCount = 4, DelayMilliseconds = 1 };
        using Worker<int> worker = new("test", limits, _ => isDone.Set());
        worker.Add(0);
        Assert.True(isDone.Wait(TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_failure_is_rethrown_until_the_worker_is_drained_and_nothing_behind_it_is_performed(bool isHere)
    {
        using ManualResetEventSlim mayFail = new(isHere);
        List<int> done = [];
        List<int> abandoned = [];
        int failedCount = 0;
        using Worker<int> worker = new(
            "test",
            new WorkerLimits<int>(Capacity),
            items =>
            {
                mayFail.Wait();
                done.Add(items[0]);
                if (items[0] == 1)
                {
                    throw new StoreException("no");
                }
            },
            abandoned.Add,
            () => failedCount++);
        if (isHere)
        {
            Assert.Throws<StoreException>(() => worker.PerformOrAdd(1));
        }
        else
        {
            worker.Add(1);
            worker.Add(2);
            mayFail.Set();
            worker.WaitFor(2, static (item, wanted) => item == wanted);
        }

        Assert.Throws<StoreException>(worker.Check);
        Assert.Throws<StoreException>(() => worker.Add(3));
        Assert.Throws<StoreException>(() => worker.PerformOrAdd(4));
        Assert.Throws<StoreException>(worker.Drain);
        worker.Check();
        worker.Add(5);
        worker.Drain();
        worker.Dispose();

        Assert.Equal([1, 5], done);
        Assert.Equal(isHere ? [] : [2], abandoned);
        Assert.Equal(isHere ? 0 : 1, failedCount);
    }

    [Fact]
    public void What_waits_when_the_worker_ends_is_abandoned()
    {
        using ManualResetEventSlim mayPerform = new();
        List<int> done = [];
        List<int> abandoned = [];
        Worker<int> worker = new(
            "test",
            new WorkerLimits<int>(Capacity),
            items =>
            {
                mayPerform.Wait();
                done.Add(items[0]);
            },
            abandoned.Add);
        for (int item = 0; item < 5; item++)
        {
            worker.Add(item);
        }

        RunningThread ending = RunningThread.Start(worker.Dispose);
        Thread.Sleep(100);
        mayPerform.Set();
        ending.Join();
        worker.WaitFor(0, static (_, _) => true);

        Assert.Equal(Enumerable.Range(0, 5), done.Concat(abandoned));
        Assert.InRange(done.Count, 0, 1);
        Assert.Throws<ObjectDisposedException>(() => worker.Add(9));
        Assert.Throws<ObjectDisposedException>(() => worker.PerformOrAdd(9));
    }

    private static Worker<int> Begin(Action<ReadOnlySpan<int>> perform) =>
        new("test", new WorkerLimits<int>(Capacity), perform);
}
