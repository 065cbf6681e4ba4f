namespace Nario.Ksy.Generator.Tests.Streams;

/// <summary>
/// All that a reader gave: its tokens, with the pieces of streamed fields joined, and what was wrong.
/// </summary>
public sealed record Outcome(IReadOnlyList<TraceItem> Items, Fault? Fault, long Consumed)
{
    public bool Equals(Outcome? other) =>
        other is not null && Items.SequenceEqual(other.Items) && Fault == other.Fault && Consumed == other.Consumed;

    public override int GetHashCode() => HashCode.Combine(Items.Count, Fault);

    public override string ToString() => $"{string.Join("\n", Items)}\n{Fault}\n{Consumed} bytes";
}
