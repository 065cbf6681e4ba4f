using Nario.Codec;

namespace Nario.Fuzz.Trees;

/// <summary>Makes a tree in memory of what a sink is told.</summary>
internal sealed class TreeSink : INarSink
{
    private readonly Stack<DirectoryNode> _parents = new();
    private byte[]? _name;
    private FileNode? _file;

    /// <summary>Gets the tree.</summary>
    public TreeNode? Root { get; private set; }

    /// <inheritdoc/>
    public void BeginDirectory()
    {
        DirectoryNode directory = new();
        Add(directory);
        _parents.Push(directory);
    }

    /// <inheritdoc/>
    public void BeginEntry(ReadOnlySpan<byte> name) => _name = name.ToArray();

    /// <inheritdoc/>
    public void EndDirectory() => _parents.Pop();

    /// <inheritdoc/>
    public void BeginFile(bool isExecutable, ulong length)
    {
        _file = new FileNode { IsExecutable = isExecutable };
        Add(_file);
    }

    /// <inheritdoc/>
    public void WriteContents(ReadOnlySpan<byte> chunk) => _file!.Append(chunk);

    /// <inheritdoc/>
    public void WriteSymlink(ReadOnlySpan<byte> target) => Add(new LinkNode(target.ToArray()));

    private void Add(TreeNode node)
    {
        if (_parents.TryPeek(out DirectoryNode? parent))
        {
            parent.Entries.Add(_name!, node);
        }
        else
        {
            Root = node;
        }
    }
}
