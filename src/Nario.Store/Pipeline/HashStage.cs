using Nario.Codec;

namespace Nario.Store.Pipeline;

/// <summary>Hashes NARs while they are restored.</summary>
/// <remarks>
/// Where restoring takes longest, the reading thread has time to hash: a third thread would compete for the same processor.
/// Where hashing takes longest, it has a thread of its own. The backlogs tell which it is. Attached behind
/// <see cref="RestoreStage"/>, so that its worker has the bytes before they are hashed here.
/// </remarks>
/// <param name="hasher">Hashes.</param>
/// <param name="restore">The stage that restores the same NARs.</param>
internal sealed class HashStage(NarHasher hasher, RestoreStage restore) : IBlockConsumer
{
    /// <summary>How many pieces in turn find the restoring worker without a backlog before it counts as the faster one.</summary>
    private const int MaxIdleCount = 4;

    private int _idleCount;

    /// <summary>Gets whether the reading thread hashes.</summary>
    public bool HashesHere { get; private set; }

    /// <inheritdoc/>
    public void Consume(ReadOnlyMemory<byte> bytes)
    {
        // One is the piece at hand, which the worker has got already.
        _idleCount = restore.Backlog > 1 ? 0 : _idleCount + 1;
        HashesHere &= _idleCount < MaxIdleCount;
        hasher.Consume(bytes, HashesHere);
    }

    /// <inheritdoc/>
    public void Release(ReadOnlyMemory<byte> memory)
    {
        // The blocks are used up: the reading thread waits for the slower of the two.
        HashesHere |= restore.Backlog > 0 && !hasher.IsBusy;
        hasher.Release(memory);
    }
}
