using Nario.Codec;
using Nario.Store.Posix;

namespace Nario.Store.Local.Trees;

/// <summary>
/// Makes the tree that it is told of, with canonical metadata unless told otherwise, in an empty directory of the caller's.
/// </summary>
/// <remarks>
/// Everything is made relative to open directories, under names that must not exist yet, and no link is followed: a
/// tree has no way to reach anything outside. When the root of the tree is a directory, it becomes the directory that
/// was given; a root that is a file or a link becomes its entry <see cref="RootEntryName"/>.
/// One tree after another; not thread-safe. After an exception it can only be disposed; what was made so far stays.
/// </remarks>
internal sealed class TreeRestorer : INarSink, IDisposable
{
    /// <summary>How deep a tree may be unless said otherwise: nodes from the root to a leaf, both counted.</summary>
    public const int DefaultMaxDepth = NarReader.MaximumNodeDepth;

    private readonly TreeMetadata _metadata;
    private readonly FileDescriptor[] _directories;

    // By depth: how long the path of the directory is, and beyond the last one that of its entry.
    private readonly int[] _pathLengths;
    private readonly FileDescriptor _file = new();
    private readonly byte[] _name = new byte[EntryName.MaxLength];
    private FileDescriptor? _root;
    private int _nameLength;
    private int _depth;
    private ulong _remaining;
    private bool _executable;
    private Expectation _expectation = Expectation.Nothing;

    /// <summary>Makes a restorer.</summary>
    /// <param name="maxDepth">How many nodes deep a tree may be, which bounds the open directories.</param>
    /// <param name="metadata">What the nodes get; null: canonical metadata.</param>
    public TreeRestorer(int maxDepth = DefaultMaxDepth, TreeMetadata? metadata = null)
    {
        _directories = new FileDescriptor[maxDepth];
        _metadata = metadata ?? TreeMetadata.Canonical;
        _pathLengths = new int[maxDepth + 1];
    }

    private enum Expectation
    {
        Root,
        EntryOrEnd,
        Node,
        Contents,
        Nothing,
    }

    /// <summary>Gets the name of a root that is not a directory.</summary>
    public static ReadOnlySpan<byte> RootEntryName => "root"u8;

    /// <summary>Gets how many bytes the longest path of a file has, from the root on, each name with the slash before
    /// it.</summary>
    public int LongestPath { get; private set; }

    /// <summary>Gets what the root is, once the tree is whole.</summary>
    public RestoredRootKind RootKind { get; private set; }

    private FileDescriptor Current => _depth <= 1 ? _root! : _directories[_depth - 1];

    /// <summary>Begins a tree.</summary>
    /// <param name="root">An empty directory that inherits nothing to its entries; stays the caller's.</param>
    public void Begin(FileDescriptor root)
    {
        Expect(_expectation == Expectation.Nothing);
        _root = root;
        LongestPath = 0;
        _pathLengths[0] = 0;
        _expectation = Expectation.Root;
        RootKind = RestoredRootKind.None;
    }

    /// <inheritdoc/>
    /// <exception cref="PosixException">The directory cannot be made.</exception>
    /// <exception cref="StoreException">The tree is too deep.</exception>
    public void BeginDirectory()
    {
        Expectation expected = _expectation;
        Expect(expected is Expectation.Root or Expectation.Node);
        if (_depth == _directories.Length)
        {
            throw new StoreException($"the tree is more than {_directories.Length} levels deep");
        }

        if (expected == Expectation.Node)
        {
            ReadOnlySpan<byte> name = _name.AsSpan(0, _nameLength);
            FileDescriptor parent = Current;
            _metadata.MakeDirectory(parent, name);
            FileDescriptor directory = _directories[_depth] ??= new FileDescriptor();
            directory.OpenAt(parent, name, OpenFlags.Directory);
        }

        _depth++;
        _expectation = Expectation.EntryOrEnd;
    }

    /// <inheritdoc/>
    public void BeginEntry(ReadOnlySpan<byte> name)
    {
        Expect(_expectation == Expectation.EntryOrEnd);
        if (name.Length > _name.Length)
        {
            throw new StoreException($"invalid file name '{EscapedText.FromBytes(name)}'");
        }

        name.CopyTo(_name);
        _nameLength = name.Length;
        _pathLengths[_depth] = _pathLengths[_depth - 1] + 1 + name.Length;
        LongestPath = Math.Max(LongestPath, _pathLengths[_depth]);
        _expectation = Expectation.Node;
    }

    /// <inheritdoc/>
    /// <exception cref="PosixException">The directory cannot be finished.</exception>
    public void EndDirectory()
    {
        Expect(_expectation == Expectation.EntryOrEnd);
        FileDescriptor directory = Current;
        _metadata.FinishDirectory(directory);
        _depth--;
        if (_depth > 0)
        {
            directory.CloseChecked();
            return;
        }

        RootKind = RestoredRootKind.Directory;
        _expectation = Expectation.Nothing;
    }

    /// <inheritdoc/>
    /// <exception cref="PosixException">The file cannot be made.</exception>
    public void BeginFile(bool isExecutable, ulong length)
    {
        ReadOnlySpan<byte> name = BeginLeaf();
        _metadata.CreateFile(_file, Current, name);
        _executable = isExecutable;
        _remaining = length;
        _expectation = Expectation.Contents;
        if (length == 0)
        {
            FinishFile();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="PosixException">The file cannot be written.</exception>
    public void WriteContents(ReadOnlySpan<byte> chunk)
    {
        Expect(_expectation == Expectation.Contents && (ulong)chunk.Length <= _remaining);
        _file.Write(chunk);
        _remaining -= (ulong)chunk.Length;
        if (_remaining == 0)
        {
            FinishFile();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="PosixException">The link cannot be made.</exception>
    public void WriteSymlink(ReadOnlySpan<byte> target)
    {
        ReadOnlySpan<byte> name = BeginLeaf();
        _metadata.MakeSymlink(Current, name, target);
        EndLeaf();
    }

    /// <summary>Closes what is open. What was made stays.</summary>
    public void Dispose()
    {
        _file.Dispose();
        foreach (FileDescriptor? directory in _directories)
        {
            directory?.Dispose();
        }
    }

    private static void Expect(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("a call out of order");
        }
    }

    private ReadOnlySpan<byte> BeginLeaf()
    {
        Expect(_expectation is Expectation.Root or Expectation.Node);
        if (_expectation == Expectation.Root)
        {
            return RootEntryName;
        }

        return _depth < _directories.Length
            ? _name.AsSpan(0, _nameLength)
            : throw new StoreException($"the tree is more than {_directories.Length} levels deep");
    }

    private void FinishFile()
    {
        _metadata.FinishFile(_file, _executable);
        _file.CloseChecked();
        EndLeaf();
    }

    private void EndLeaf()
    {
        if (_depth > 0)
        {
            _expectation = Expectation.EntryOrEnd;
            return;
        }

        RootKind = RestoredRootKind.Entry;
        _expectation = Expectation.Nothing;
    }
}
