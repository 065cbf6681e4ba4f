using System.Text;
using Nario.Codec;
using Nario.Store.Posix;

namespace Nario.Store.Local.Trees;

/// <summary>Reads a tree on disk in the order of a NAR. Links are never followed.</summary>
/// <remarks>
/// Neither the stack nor the number of open files grows with the tree, beyond one directory for each level. Memory: the
/// names of the directories from the root to the current one. Files are read into the room that the sink gives.
/// </remarks>
public sealed class TreeWalker : IDisposable
{
    /// <summary>How deep a tree may be: nodes from the root to a leaf, both counted. The limit of the NAR.</summary>
    public const int MaxDepth = NarReader.MaximumNodeDepth;

    /// <summary>Takes a link's target and one byte more, and pieces of files where the sink gives no room.</summary>
    private const int BlockLength = 4096;

    /// <summary>What the next walk takes up, so that small trees do not cost buffers each.</summary>
    private static TreeWalker? _spare;

    private readonly DirectoryReader _reader = new();
    private readonly FileDescriptor _file = new();
    private readonly List<Frame> _frames = [];
    private readonly byte[] _block = new byte[BlockLength];
    private INarSink? _sink;
    private string _rootPath = string.Empty;
    private bool _stripsCaseHack;
    private int _depth;

    private TreeWalker()
    {
    }

    private INarSink Sink => _sink!;

    /// <summary>Reads a tree.</summary>
    /// <param name="path">A file, directory or symbolic link; a link here is read, not followed.</param>
    /// <param name="sink">Takes the tree.</param>
    /// <param name="stripsCaseHack">Whether the suffix that Nix adds to names on file systems that ignore case is taken
    /// off, as the setting <c>use-case-hack</c> says.</param>
    /// <exception cref="StoreException">Something cannot be read, changes while it is read, or does not fit in a
    /// NAR.</exception>
    public static void Walk(string path, INarSink sink, bool stripsCaseHack = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(sink);
        string fullPath = Path.TrimEndingDirectorySeparator(WorkingDirectory.GetFullPath(path));
        string parent = Path.GetDirectoryName(fullPath)
            ?? throw new StoreException($"cannot read '{fullPath}' as one tree");
        using FileDescriptor directory = FileDescriptor.OpenToEnter(parent);
        Walk(directory, Encoding.UTF8.GetBytes(Path.GetFileName(fullPath)), fullPath, sink, stripsCaseHack);
    }

    /// <summary>Reads a tree that is an entry of an open directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="name">The entry.</param>
    /// <param name="path">What errors call it.</param>
    /// <param name="sink">Takes the tree.</param>
    /// <param name="stripsCaseHack">As above.</param>
    /// <exception cref="StoreException">Something cannot be read, changes while it is read, or does not fit in a
    /// NAR.</exception>
    internal static void Walk(
        FileDescriptor directory, ReadOnlySpan<byte> name, string path, INarSink sink, bool stripsCaseHack = false)
    {
        TreeWalker walker = Interlocked.Exchange(ref _spare, null) ?? new TreeWalker();
        walker._sink = sink;
        walker._rootPath = path;
        walker._stripsCaseHack = stripsCaseHack;
        try
        {
            walker.Run(directory, name);
        }
        catch
        {
            walker.Dispose();
            throw;
        }

        walker._sink = null;
        _spare = walker;
    }

    /// <summary>Closes what is open.</summary>
    public void Dispose()
    {
        _file.Dispose();
        foreach (Frame frame in _frames)
        {
            frame.Directory.Dispose();
        }
    }

    private void Run(FileDescriptor rootDirectory, ReadOnlySpan<byte> rootName)
    {
        ReadNode(rootDirectory, rootName, FileKind.Unknown);
        while (_depth > 0)
        {
            Frame frame = _frames[_depth - 1];
            if (++frame.Index == frame.Entries.Count)
            {
                frame.Directory.CloseChecked();
                _depth--;
                Sink.EndDirectory();
                continue;
            }

            ReadOnlySpan<byte> name = frame.Entries.GetName(frame.Index);
            Sink.BeginEntry(frame.Entries.GetOriginalName(frame.Index));
            ReadNode(frame.Directory, name, frame.Entries.GetKind(frame.Index));
        }
    }

    private void ReadNode(FileDescriptor parent, ReadOnlySpan<byte> name, FileKind kind)
    {
        if (_depth == MaxDepth)
        {
            throw Refused($"is more than {MaxDepth} levels deep");
        }

        if (kind == FileKind.Unknown)
        {
            kind = parent.TryGetStatus(name, out FileStatus status) ? status.Kind : throw Refused("does not exist");
        }

        switch (kind)
        {
            case FileKind.Regular:
                ReadFile(parent, name);
                break;
            case FileKind.Directory:
                ReadDirectory(parent, name);
                break;
            case FileKind.Symlink:
                ReadSymlink(parent, name);
                break;
            default:
                throw Refused("is neither a file, a directory nor a symbolic link");
        }
    }

    private void ReadDirectory(FileDescriptor parent, ReadOnlySpan<byte> name)
    {
        if (_depth == _frames.Count)
        {
            _frames.Add(new Frame());
        }

        Frame frame = _frames[_depth];
        PosixError error = frame.Directory.TryOpenAt(parent, name, OpenFlags.Directory);
        ThrowIfFailed(error);
        frame.Entries.Fill(frame.Directory, _reader, _stripsCaseHack);
        frame.Index = -1;
        _depth++;
        Sink.BeginDirectory();
    }

    private void ReadSymlink(FileDescriptor parent, ReadOnlySpan<byte> name)
    {
        int length = parent.ReadSymlink(name, _block);
        Sink.WriteSymlink(_block.AsSpan(0, length));
    }

    private void ReadFile(FileDescriptor parent, ReadOnlySpan<byte> name)
    {
        ThrowIfFailed(_file.TryOpenAt(
            parent, name, OpenFlags.ReadOnly | OpenFlags.NonBlocking | OpenFlags.NoControllingTerminal));
        FileStatus status = _file.GetStatus();
        if (status.Kind != FileKind.Regular)
        {
            throw Refused("is no longer a file");
        }

        Sink.BeginFile(status.IsOwnerExecutable, status.Size);
        ulong remaining = status.Size;
        while (remaining > 0)
        {
            Span<byte> room = Sink.GetContentsSpan();
            bool isOfSink = !room.IsEmpty;
            if (!isOfSink)
            {
                room = _block;
            }

            int count = _file.Read(room);
            if (count == 0)
            {
                throw Refused("became shorter while it was read");
            }

            // Room that ends just where the file did when it was opened leaves open whether there is more now.
            if ((ulong)count > remaining || ((ulong)count == remaining && count == room.Length && HasMore()))
            {
                throw Refused("became longer while it was read");
            }

            if (isOfSink)
            {
                Sink.AdvanceContents(count);
            }
            else
            {
                Sink.WriteContents(room[..count]);
            }

            remaining -= (ulong)count;
        }

        _file.CloseChecked();
    }

    private bool HasMore()
    {
        Span<byte> probe = stackalloc byte[1];
        return _file.Read(probe) != 0;
    }

    private void ThrowIfFailed(PosixError error)
    {
        if (error != PosixError.None)
        {
            throw new PosixException("open", CurrentPath(), (int)error);
        }
    }

    private StoreException Refused(string fault) => new($"path '{CurrentPath()}' {fault}");

    private string CurrentPath()
    {
        StringBuilder path = new(EscapedText.FromText(_rootPath));
        foreach (Frame frame in _frames[.._depth])
        {
            path.Append('/').Append(EscapedText.FromBytes(frame.Entries.GetName(frame.Index)));
        }

        return path.ToString();
    }

    private sealed class Frame
    {
        public FileDescriptor Directory { get; } = new();

        public EntryList Entries { get; } = new();

        public int Index { get; set; }
    }
}
