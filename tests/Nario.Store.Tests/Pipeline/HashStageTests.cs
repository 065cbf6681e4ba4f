using Nario.Codec;
using Nario.Store.Paths;
using Nario.Store.Pipeline;
using Nario.Testing;

namespace Nario.Store.Tests.Pipeline;

public sealed class HashStageTests
{
    private const int Large = 128 * 1024;

    [Fact]
    public void Hashes_beside_the_reading_until_restoring_is_what_is_waited_for_and_again_when_it_is_not()
    {
        using ManualResetEventSlim mayRestore = new();
        using RestoreStage restore = Begin(mayRestore);
        using NarHasher hasher = new();
        HashStage hash = new(hasher, restore);
        List<bool> isHere = [];

        Consume(0);
        hasher.Finish();
        hash.Release(Array.Empty<byte>());
        Consume(1);
        mayRestore.Set();
        for (int count = 0; count < 4; count++)
        {
            restore.Drain();
            Consume(2 + count);
        }

        Assert.Equal([false, true, true, true, true, false], isHere);

        void Consume(int part)
        {
            ReadOnlyMemory<byte> bytes = Nar.AsMemory(part * Large, Large);
            restore.Consume(bytes);
            hash.Consume(bytes);
            isHere.Add(hash.HashesHere);
        }
    }

    [Fact]
    public void All_consumers_get_the_same_wherever_it_is_hashed()
    {
        using ManualResetEventSlim mayRestore = new(initialState: true);
        using RestoreStage restore = Begin(mayRestore);
        using NarHasher hasher = new();
        HashStage hash = new(hasher, restore);
        Random random = new(1);
        for (int start = 0; start < Nar.Length;)
        {
            int length = Math.Min(random.Next(1, 200_000), Nar.Length - start);
            ReadOnlyMemory<byte> bytes = Nar.AsMemory(start, length);
            restore.Consume(bytes);
            hash.Consume(bytes);
            hash.Release(bytes[..(length / 2)]);
            restore.Release(bytes[..(length / 2)]);
            start += length;
        }

        restore.Drain();
        Assert.Equal(new NarDigest(TestHash.Sha256(Nar), (ulong)Nar.Length), hasher.Finish());
    }

    private static byte[] Nar { get; } = TestNar.Write(static sink => SampleTree.WriteFile(sink, false, new byte[3_000_000]));

    private static RestoreStage Begin(ManualResetEventSlim mayRestore)
    {
        RestoreStage restore = new(() => new WaitingAddition(mayRestore), static () => { }, CancellationToken.None);
        restore.Begin(new EntryContext(1, null, null, StoreDirectory.Default), 0, Nar.Length);
        return restore;
    }

    private sealed class WaitingAddition(ManualResetEventSlim mayWrite) : IPathAddition, INarSink
    {
        public INarSink Sink => this;

        public bool Commit(ValidPathInfo info) => true;

        public void Replace(StorePath path) => throw new NotSupportedException();

        public void Dispose()
        {
        }

        public void BeginDirectory()
        {
        }

        public void BeginEntry(ReadOnlySpan<byte> name)
        {
        }

        public void EndDirectory()
        {
        }

        public void BeginFile(bool isExecutable, ulong length)
        {
        }

        public void WriteContents(ReadOnlySpan<byte> chunk) => mayWrite.Wait();

        public void WriteSymlink(ReadOnlySpan<byte> target)
        {
        }
    }
}
