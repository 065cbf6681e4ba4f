using Nario.Fuzz.Trees;

namespace Nario.Fuzz.Exporting;

/// <summary>A named pipe, which no NAR can hold.</summary>
internal sealed class PipeNode : TreeNode
{
    /// <inheritdoc/>
    public override int Height => 1;

    /// <inheritdoc/>
    public override bool IsSame(TreeNode other) => other is PipeNode;
}
