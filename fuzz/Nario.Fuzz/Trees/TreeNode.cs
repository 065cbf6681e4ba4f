namespace Nario.Fuzz.Trees;

/// <summary>A file, a link or a directory in memory.</summary>
internal abstract class TreeNode
{
    /// <summary>Gets how many nodes are on the longest way from this one to a leaf, both counted.</summary>
    public abstract int Height { get; }

    /// <summary>Gets whether another tree is the same.</summary>
    public abstract bool IsSame(TreeNode other);
}
