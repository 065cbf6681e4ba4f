using Nario.Codec;
using Nario.Store.Pipeline;
using Nario.Testing;

namespace Nario.Store.Tests.Pipeline;

public sealed class IntakeObserverTests
{
    private const int Large = 128 * 1024;

    [Fact]
    public void Hashes_beside_the_reading_until_restoring_is_what_is_waited_for_and_again_when_it_is_not()
    {
        using ManualResetEventSlim mayRestore = new();
        using ObserverThread restoring = new(new WaitingObserver(mayRestore), "test");
        using NarHasher hasher = new();
        IntakeObserver observer = new(restoring, hasher);
        List<bool> isHere = [];

        Observe();
        hasher.Finish();
        observer.Release(Array.Empty<byte>());
        Observe();
        mayRestore.Set();
        for (int count = 0; count < 4; count++)
        {
            restoring.Finish();
            Observe();
        }

        Assert.Equal([false, true, true, true, true, false], isHere);

        void Consume()
        {
            observer.Consume(new byte[Large]);
            isHere.Add(observer.HashesHere);
        }
    }

    [Fact]
    public void All_see_the_same_wherever_it_is_hashed()
    {
        using ManualResetEventSlim mayRestore = new();
        WaitingObserver restored = new(mayRestore);
        using ObserverThread restoring = new(restored, "test");
        using NarHasher hasher = new();
        IntakeObserver observer = new(restoring, hasher);
        Random random = new(1);
        byte[] bytes = new byte[3_000_000];
        random.NextBytes(bytes);
        mayRestore.Set();
        for (int start = 0; start < bytes.Length;)
        {
            int length = Math.Min(random.Next(1, 200_000), bytes.Length - start);
            observer.Consume(bytes.AsMemory(start, length));
            observer.Release(bytes.AsMemory(start, length / 2));
            start += length;
        }

        restoring.Finish();
        Assert.Equal((ulong)bytes.Length, hasher.Size);
        Assert.Equal(TestHash.Sha256(bytes), hasher.Finish());
        Assert.Equal(bytes, restored.Bytes);
    }

    private sealed class WaitingObserver(ManualResetEventSlim mayLook) : IBlockConsumer
    {
        public List<byte> Bytes { get; } = [];

        public void Consume(ReadOnlyMemory<byte> bytes)
        {
            mayLook.Wait();
            Bytes.AddRange(bytes.Span);
        }

        public void Release(ReadOnlyMemory<byte> memory)
        {
        }
    }
}
