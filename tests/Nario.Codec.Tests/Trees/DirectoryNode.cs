namespace Nario.Codec.Tests.Trees;

/// <summary>A directory; its entries are in the order in which they are written.</summary>
public sealed record DirectoryNode(IReadOnlyList<KeyValuePair<byte[], Node>> Entries) : Node
{
    /// <summary>Makes a directory with its entries in byte order, and one of each name.</summary>
    public static DirectoryNode Sorted(IEnumerable<KeyValuePair<byte[], Node>> entries) =>
        new([.. entries
            .DistinctBy(entry => Convert.ToHexString(entry.Key))
            .OrderBy(entry => Convert.ToHexString(entry.Key), StringComparer.Ordinal)]);

    /// <summary>Makes a chain of directories around a node.</summary>
    public static Node Nest(Node inner, int levels)
    {
        for (int level = 0; level < levels; level++)
        {
            inner = new DirectoryNode([new("d"u8.ToArray(), inner)]);
        }

        return inner;
    }
}
