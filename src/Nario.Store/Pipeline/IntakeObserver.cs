using Nario.Codec;
using Nario.Store.Import;

namespace Nario.Store.Pipeline;

/// <summary>Shows the bytes of NARs to those who restore them, hash them and check their content addresses.</summary>
/// <remarks>
/// Where restoring takes longest, whoever reads has time to hash: a third thread would take turns with it on the same
/// processor. Where hashing does, it goes beside reading. The pieces tell which it is.
/// </remarks>
/// <param name="restoring">Restores.</param>
/// <param name="hasher">Hashes.</param>
internal sealed class IntakeObserver(ObserverThread restoring, NarHasher hasher) : IByteObserver
{
    /// <summary>How many pieces in turn find the thread that restores without work before it is taken for the faster one.</summary>
    private const int MaxIdleCount = 4;

    private int _idleCount;

    /// <summary>Gets whether whoever reads hashes what comes next, however much it is.</summary>
    public bool HashesHere { get; private set; }

    /// <summary>Gets or sets what checks the content address of the path at hand; or null.</summary>
    public ContentProof? Proof { get; set; }

    /// <inheritdoc/>
    public void Observe(ReadOnlyMemory<byte> bytes)
    {
        _idleCount = restoring.IsBusy ? 0 : _idleCount + 1;
        HashesHere &= _idleCount < MaxIdleCount;
        restoring.Observe(bytes);
        hasher.Observe(bytes, HashesHere);
        Proof?.Observe(bytes);
    }

    /// <inheritdoc/>
    public void Release(ReadOnlyMemory<byte> memory)
    {
        // Whoever reads has come as far as the blocks reach: who is behind takes longest.
        HashesHere |= restoring.IsBusy && !hasher.IsBusy;
        restoring.Release(memory);
        hasher.Release(memory);
    }
}
