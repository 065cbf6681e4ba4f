namespace Nario.Fuzz.Trees;

/// <summary>A regular file in memory.</summary>
internal sealed class FileNode : TreeNode
{
    private readonly List<byte> _contents = [];

    /// <summary>Gets or sets whether it is executable.</summary>
    public bool IsExecutable { get; set; }

    /// <summary>Gets its size in bytes.</summary>
    public int Length => _contents.Count;

    /// <inheritdoc/>
    public override int Height => 1;

    /// <summary>Gets its contents.</summary>
    public byte[] ToArray() => [.. _contents];

    /// <summary>Adds to its contents.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => _contents.AddRange(bytes);

    /// <inheritdoc/>
    public override bool IsSame(TreeNode other) =>
        other is FileNode file && file.IsExecutable == IsExecutable && file._contents.SequenceEqual(_contents);
}
