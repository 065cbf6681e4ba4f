namespace Nario.Store.Pipeline;

/// <summary>The bounds of a worker's queue, and of what it performs at a time.</summary>
/// <param name="Capacity">How many items wait at most; one batch more can be in work.</param>
/// <typeparam name="T">The type of the items.</typeparam>
internal sealed record WorkerLimits<T>(int Capacity)
{
    /// <summary>Gets how many items are performed together at most.</summary>
    public int BatchCount { get; init; } = 1;

    /// <summary>Gets how long an item waits at most for others to be performed with it, in milliseconds.</summary>
    public int DelayMilliseconds { get; init; }

    /// <summary>Gets what an item weighs: the memory that it holds, in a unit of the user's choice.</summary>
    public Func<T, long> Weigh { get; init; } = static _ => 0;

    /// <summary>Gets the weight beyond which the items that wait are performed without delay, and no more are taken.</summary>
    public long MaxWeight { get; init; } = long.MaxValue;
}
