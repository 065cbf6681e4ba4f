namespace Nario.Fuzz.Trees;

/// <summary>A symbolic link in memory.</summary>
/// <param name="target">Where it points to.</param>
internal sealed class LinkNode(byte[] target) : TreeNode
{
    /// <summary>Gets where it points to.</summary>
    public byte[] Target { get; } = target;

    /// <inheritdoc/>
    public override int Height => 1;

    /// <inheritdoc/>
    public override bool IsSame(TreeNode other) => other is LinkNode link && link.Target.AsSpan().SequenceEqual(Target);
}
