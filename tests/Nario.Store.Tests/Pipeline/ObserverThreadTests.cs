using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Nario.Codec;
using Nario.Store.Pipeline;

namespace Nario.Store.Tests.Pipeline;

public sealed class ObserverThreadTests
{
    private const int Large = 128 * 1024;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Shows_pieces_of_all_sizes_in_order(int seed)
    {
        Random random = new(seed);
        List<byte> expected = [];
        List<byte> seen = [];
        using ObserverThread thread = new(new Looking(bytes => seen.AddRange(bytes.Span)), "test");
        for (int round = 0; round < 3; round++)
        {
            Queue<byte[]> unreleased = new();
            for (int piece = 0; piece < 60; piece++)
            {
                byte[] bytes = new byte[random.Next(2) == 0 ? random.Next(1, 100) : random.Next(1, 2 * Large)];
                random.NextBytes(bytes);
                expected.AddRange(bytes);
                thread.Observe(bytes);
                unreleased.Enqueue(bytes);
                while (unreleased.Count > 0 && random.Next(3) == 0)
                {
                    // Whoever looked at it later would see something else.
                    byte[] released = unreleased.Dequeue();
                    thread.Release(released);
                    released.AsSpan().Clear();
                }
            }

            thread.Finish();
            Assert.Equal(expected, seen);
        }
    }

    [Fact]
    public void Looks_at_small_pieces_on_the_thread_of_the_caller_and_at_large_ones_beside_it()
    {
        List<int> threads = [];
        using ObserverThread thread = new(new Looking(_ => threads.Add(Environment.CurrentManagedThreadId)), "test");
        thread.Observe(new byte[1]);
        thread.Observe(new byte[Large]);
        thread.Finish();
        thread.Observe(new byte[1]);
        int here = Environment.CurrentManagedThreadId;
        Assert.Equal([here, here], [threads[0], threads[2]]);
        Assert.NotEqual(here, threads[1]);
    }

    [Fact]
    public void A_piece_is_released_only_once_it_has_been_looked_at()
    {
        using ManualResetEventSlim mayLook = new();
        bool hasLooked = false;
        using ObserverThread thread = new(
            new Looking(_ =>
            {
                mayLook.Wait();
                hasLooked = true;
            }),
            "test");
        byte[] block = new byte[Large];
        thread.Observe(block);
        bool hadLooked = hasLooked;
        mayLook.Set();
        thread.Release(block);
        Assert.Equal((false, true), (hadLooked, hasLooked));
    }

    [Fact]
    public void Only_who_looks_at_what_is_released_is_waited_for()
    {
        using ManualResetEventSlim mayLook = new();
        byte[] block = new byte[2 * Large];
        List<int> lengths = [];
        using ObserverThread thread = new(
            new Looking(bytes =>
            {
                if (bytes.Length == Large + 1)
                {
                    mayLook.Wait();
                }

                lengths.Add(bytes.Length);
            }),
            "test");
        thread.Observe(block.AsMemory(0, Large));
        thread.Observe(new byte[Large + 1]);
        thread.Release(block);
        thread.Release(new byte[Large]);
        int[] looked = [.. lengths];
        mayLook.Set();
        thread.Finish();
        Assert.Equal([Large], looked);
        Assert.Equal([Large, Large + 1], lengths);
    }

    [Fact]
    public void Does_things_between_the_pieces_that_came_before_and_after()
    {
        using ManualResetEventSlim mayLook = new();
        List<string> done = [];
        int[] threads = new int[2];
        using ObserverThread thread = new(
            new Looking(bytes =>
            {
                mayLook.Wait();
                done.Add($"{bytes.Length}");
            }),
            "test");
        thread.Do(() => threads[0] = Environment.CurrentManagedThreadId);
        thread.Observe(new byte[Large]);
        thread.Do(() =>
        {
            threads[1] = Environment.CurrentManagedThreadId;
            done.Add("action");
        });
        thread.Observe(new byte[1]);
        mayLook.Set();
        thread.Finish();
        Assert.Equal([$"{Large}", "action", "1"], done);
        Assert.Equal(Environment.CurrentManagedThreadId, threads[0]);
        Assert.NotEqual(threads[0], threads[1]);
    }

    [Fact]
    public void Holds_nothing_of_what_is_done()
    {
        using ManualResetEventSlim mayLook = new();
        using ObserverThread thread = new(new Looking(_ => mayLook.Wait()), "test");
        thread.Observe(new byte[Large]);
        WeakReference done = DoSomething(thread);
        mayLook.Set();
        thread.Finish();
        GC.Collect();
        Assert.False(done.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference DoSomething(ObserverThread thread)
        {
            object something = new();
            thread.Do(() => GC.KeepAlive(something));
            return new WeakReference(something);
        }
    }

    [Fact]
    public void Whoever_has_more_to_do_than_can_wait_waits()
    {
        const int Count = 100;
        List<int> done = [];
        using ObserverThread thread = new(new Looking(static _ => Thread.Sleep(50)), "test");
        thread.Observe(new byte[Large]);
        for (int number = 0; number < Count; number++)
        {
            int mine = number;
            thread.Do(() =>
            {
                Thread.Sleep(1);
                done.Add(mine);
            });
        }

        thread.Finish();
        Assert.Equal(Enumerable.Range(0, Count), done);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(Large, 1)]
    public void Whoever_waits_for_other_things_is_told_once_that_the_thread_has_failed(int length, int expected)
    {
        int count = 0;
        using ManualResetEventSlim isTold = new(initialState: expected == 0);
        using ObserverThread thread = new(
            new Looking(static _ => throw new StoreException("no")),
            "test",
            () =>
            {
                count++;
                isTold.Set();
            });
        Exception? first = Record.Exception(() => thread.Observe(new byte[length]));
        Exception? second = Record.Exception(() => thread.Observe(new byte[length]));
        Assert.True(isTold.Wait(TimeSpan.FromMinutes(1)));
        Assert.IsType<StoreException>(first ?? second ?? Record.Exception(thread.Finish));
        thread.Dispose();
        Assert.Equal(expected, count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_something_that_failed_nothing_is_done(bool isBehindAPiece)
    {
        using ManualResetEventSlim mayLook = new();
        List<string> done = [];
        using ObserverThread thread = new(new Looking(_ => mayLook.Wait()), "test");
        if (isBehindAPiece)
        {
            thread.Observe(new byte[Large]);
        }

        Exception? first = Record.Exception(() => thread.Do(static () => throw new StoreException("no")));
        Exception? second = Record.Exception(() => thread.Do(() => done.Add("action")));
        mayLook.Set();
        Assert.Equal("no", Assert.Throws<StoreException>(thread.Finish).Message);
        string? told = isBehindAPiece ? null : "no";
        Assert.Equal((told, told), (first?.Message, second?.Message));
        Assert.Empty(done);
    }

    [Fact]
    public void Nobody_waits_for_a_thread_that_has_ended()
    {
        using ManualResetEventSlim mayLook = new();
        ObserverThread thread = new(new Looking(_ => mayLook.Wait()), "test");
        byte[] block = new byte[Large];
        thread.Observe(block);
        thread.Observe(block);
        mayLook.Set();
        thread.Dispose();
        thread.Release(block);
        Assert.Throws<ObjectDisposedException>(() => thread.Observe(new byte[Large]));
        Assert.Throws<ObjectDisposedException>(thread.Finish);
    }

    [Fact]
    public void A_small_piece_waits_for_a_large_one_that_came_before()
    {
        using ManualResetEventSlim mayLook = new();
        List<int> lengths = [];
        using ObserverThread thread = new(
            new Looking(bytes =>
            {
                if (bytes.Length == Large)
                {
                    mayLook.Wait();
                }

                lengths.Add(bytes.Length);
            }),
            "test");
        thread.Observe(new byte[Large]);
        thread.Observe(new byte[1]);
        mayLook.Set();
        thread.Finish();
        Assert.Equal([Large, 1], lengths);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Large)]
    public void What_the_observer_throws_is_told_to_whoever_comes_next_and_ends_its_work(int length)
    {
        int count = 0;
        using ObserverThread thread = new(
            new Looking(_ =>
            {
                count++;
                throw new StoreException("no");
            }),
            "test");

        // A small piece fails at once, a large one on the other thread.
        byte[] block = new byte[length];
        Exception? first = Record.Exception(() => thread.Observe(block));
        thread.Release(block);
        Assert.Equal(length < Large ? "no" : null, first?.Message);
        Assert.Equal("no", Assert.Throws<StoreException>(() => thread.Observe(new byte[length])).Message);
        Assert.Equal("no", Assert.Throws<StoreException>(thread.Finish).Message);
        Assert.Equal(1, count);
    }

    [Fact]
    public void Hashes_what_was_seen_and_begins_anew()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes((5 * Large) + 7);
        using NarHasher hasher = new();
        for (int round = 0; round < 2; round++)
        {
            hasher.Consume(bytes.AsMemory(0, 3));
            hasher.Consume(bytes.AsMemory(3, 4 * Large));
            hasher.Consume(bytes.AsMemory(3 + (4 * Large)));
            Assert.Equal((ulong)bytes.Length, hasher.Size);
            Assert.Equal(SHA256.HashData(bytes), hasher.Finish().Bytes.ToArray());
        }
    }

    private sealed class Looking(Action<ReadOnlyMemory<byte>> look) : IBlockConsumer
    {
        public void Consume(ReadOnlyMemory<byte> bytes) => look(bytes);

        public void Release(ReadOnlyMemory<byte> memory)
        {
        }
    }
}
