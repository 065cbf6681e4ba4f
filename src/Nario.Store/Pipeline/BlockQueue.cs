namespace Nario.Store.Pipeline;

/// <summary>The bounds of the queues that pieces of blocks wait in.</summary>
internal static class BlockQueue
{
    /// <summary>How many bytes are worth another thread; fewer are consumed by the caller while the thread has nothing to do.</summary>
    public const int MinQueuedLength = 64 * 1024;

    /// <summary>How many pieces can wait; the blocks that they lie in are bounded by themselves.</summary>
    private const int Capacity = 16;

    /// <summary>Gets the bounds.</summary>
    public static WorkerLimits<T> Limits<T>() => new(Capacity);
}
