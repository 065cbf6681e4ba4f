namespace Nario.Fuzz.Trees;

/// <summary>A directory in memory.</summary>
internal sealed class DirectoryNode : TreeNode
{
    private static readonly Comparer<byte[]> ByteOrder =
        Comparer<byte[]>.Create(static (left, right) => left.AsSpan().SequenceCompareTo(right));

    /// <summary>Gets its entries, in ascending byte order of their names.</summary>
    public SortedDictionary<byte[], TreeNode> Entries { get; } = new(ByteOrder);

    /// <inheritdoc/>
    public override int Height => 1 + (Entries.Count == 0 ? 0 : Entries.Values.Max(static node => node.Height));

    /// <inheritdoc/>
    public override bool IsSame(TreeNode other) =>
        other is DirectoryNode directory
        && directory.Entries.Count == Entries.Count
        && Entries.Zip(directory.Entries).All(static pair =>
            pair.First.Key.AsSpan().SequenceEqual(pair.Second.Key) && pair.First.Value.IsSame(pair.Second.Value));
}
