using System.Globalization;
using Nario.Codec;
using Nario.Store;
using Nario.Store.Local.Trees;
using Nario.Store.Posix;

namespace Nario.Flakes.Unpacking;

/// <summary>Makes the members of an archive below one folder, in the order in which they come.</summary>
/// <remarks>
/// A name is cut at slashes; empty parts and <c>.</c> are dropped, and <c>..</c> goes up, but never above the folder. Each
/// part is opened relative to the folder before it, without following a link. A file takes the place of one with the same
/// name; what else has a name that is taken is passed over. Memory: the open folders, and the names of hard links, which
/// are made last.
/// </remarks>
/// <param name="root">The folder, empty at first.</param>
/// <param name="limits">How large it may become.</param>
/// <param name="cancellation">Ends the work early.</param>
internal sealed class ArchiveRestorer(FileDescriptor root, UnpackLimits limits, CancellationToken cancellation) : IDisposable
{
    /// <summary>The bytes of the names of all hard links.</summary>
    private const long MaxLinkNamesLength = 64L << 20;

    /// <summary>How many names may come again; each one costs a look at the whole folder.</summary>
    private const int MaxReplacedCount = 10_000;

    private const int MaxDepth = NarReader.MaximumNodeDepth - 1;

    private const int MaxPathLength = 4095;

    private const int CopyBlockLength = 64 * 1024;

    private readonly FileDescriptor[] _folders = new FileDescriptor[MaxDepth];
    private readonly byte[][] _names = new byte[MaxDepth][];
    private readonly FileDescriptor _file = new();
    private readonly List<(byte[] Name, byte[] Target)> _links = [];
    private long _linkNamesLength;
    private long _entryCount;
    private long _size;
    private int _depth;

    /// <summary>Gives the next piece of contents.</summary>
    /// <param name="left">How many bytes are left.</param>
    /// <returns>1 byte or more, and no more than are left.</returns>
    internal delegate ReadOnlySpan<byte> ContentsReader(long left);

    /// <summary>Gets how many entries had a name that another one had before.</summary>
    public int ReplacedCount { get; private set; }

    private static TreeMetadata Metadata => TreeMetadata.OfUser;

    private FileDescriptor Current => _depth == 0 ? root : _folders[_depth - 1];

    /// <summary>Counts an entry.</summary>
    /// <exception cref="ArchiveException">There are too many.</exception>
    public void CountEntry()
    {
        cancellation.ThrowIfCancellationRequested();
        if (++_entryCount > limits.MaxEntries)
        {
            throw ArchiveException.Whole(string.Create(
                CultureInfo.InvariantCulture,
                $"the archive has more than {limits.MaxEntries} entries; --max-entries allows more"));
        }
    }

    /// <summary>Makes a folder, if it is not there.</summary>
    public void AddDirectory(ReadOnlySpan<byte> path)
    {
        byte[][] parts = Split(path);
        if (parts.Length == 0)
        {
            return;
        }

        // One name more than folders, so that a folder can hold something.
        EnterParent(parts, path);
        if (!Metadata.TryMakeDirectory(Current, parts[^1])
            && !(Current.TryGetStatus(parts[^1], out FileStatus status) && status.Kind == FileKind.Directory))
        {
            CountReplaced(parts[^1], path);
        }
    }

    /// <summary>Makes a file.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="isExecutable">Whether its owner may execute it.</param>
    /// <param name="size">The length of its contents.</param>
    /// <param name="read">Gives them.</param>
    public void AddFile(ReadOnlySpan<byte> path, bool isExecutable, long size, ContentsReader read)
    {
        byte[][] parts = Split(path);
        byte[] name = parts is [.., var last] ? last : throw ArchiveException.Of(path, "has no name");
        EnterParent(parts, path);
        Create(name, path);
        while (size > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> piece = read(size);
            CountBytes(piece.Length);
            _file.Write(piece);
            size -= piece.Length;
        }

        Metadata.FinishFile(_file, isExecutable);
        _file.CloseChecked();
    }

    /// <summary>Makes a symbolic link, if its name is free.</summary>
    public void AddSymlink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target)
    {
        byte[][] parts = Split(path);
        byte[] name = parts is [.., var last] ? last : throw ArchiveException.Of(path, "has no name");
        if (target.IsEmpty || target.Length > DirectoryOperations.MaxTargetLength || target.Contains((byte)0))
        {
            throw ArchiveException.Of(path, "is a symbolic link with an invalid target");
        }

        EnterParent(parts, path);
        if (Current.TryGetStatus(name, out _))
        {
            CountReplaced(name, path);
        }
        else
        {
            Metadata.MakeSymlink(Current, name, target);
        }
    }

    /// <summary>Notes a hard link, which is made as a copy once all else is there.</summary>
    public void AddHardLink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target)
    {
        _linkNamesLength += path.Length + target.Length;
        if (_linkNamesLength > MaxLinkNamesLength)
        {
            throw ArchiveException.Whole($"the names of the hard links of the archive take more than {MaxLinkNamesLength} bytes");
        }

        _links.Add((path.ToArray(), target.ToArray()));
    }

    /// <summary>Makes the hard links.</summary>
    public void Complete()
    {
        foreach ((byte[] name, byte[] target) in _links)
        {
            MakeLink(name, target);
        }

        _links.Clear();
    }

    /// <summary>Gets the only entry of the folder when it is a folder itself, which then takes the place of the root.</summary>
    public bool HasOnlyFolder()
    {
        DirectoryReader reader = new();
        reader.Begin(root);
        if (!reader.Read())
        {
            return false;
        }

        byte[] name = reader.Name.ToArray();
        return !reader.Read() && root.TryGetStatus(name, out FileStatus status) && status.Kind == FileKind.Directory;
    }

    /// <summary>Closes what is open. What was made stays.</summary>
    public void Dispose()
    {
        _file.Dispose();
        foreach (FileDescriptor? folder in _folders)
        {
            folder?.Dispose();
        }
    }

    /// <summary>Cuts a name into its parts.</summary>
    /// <exception cref="ArchiveException">It cannot be that of a file.</exception>
    private static byte[][] Split(ReadOnlySpan<byte> path)
    {
        if (path.Contains((byte)0))
        {
            throw ArchiveException.Of(path, "has a NUL in its name");
        }

        List<byte[]> parts = [];
        int length = 0;
        foreach (Range range in path.Split((byte)'/'))
        {
            ReadOnlySpan<byte> part = path[range];
            if (part.IsEmpty || part.SequenceEqual("."u8))
            {
                continue;
            }

            if (part.SequenceEqual(".."u8))
            {
                if (parts.Count > 0)
                {
                    length -= parts[^1].Length + 1;
                    parts.RemoveAt(parts.Count - 1);
                }

                continue;
            }

            if (part.Length > EntryName.MaxLength)
            {
                throw ArchiveException.Of(path, $"has a name of more than {EntryName.MaxLength} bytes");
            }

            parts.Add(part.ToArray());
            length += part.Length + 1;
            if (length > MaxPathLength || parts.Count > MaxDepth)
            {
                throw ArchiveException.Of(
                    path, $"is too deep: more than {MaxDepth} folders or {MaxPathLength} bytes");
            }
        }

        foreach (byte[] part in parts)
        {
            // What git trusts in a working copy decides which programs it runs.
            if (System.Text.Ascii.EqualsIgnoreCase(part, ".git"u8))
            {
                throw ArchiveException.Of(path, "is named '.git', which only a repository has");
            }
        }

        return [.. parts];
    }

    /// <summary>Opens the folder that an entry is in, and makes what is missing on the way.</summary>
    private void EnterParent(byte[][] parts, ReadOnlySpan<byte> path)
    {
        int count = parts.Length - 1;
        int same = 0;
        while (same < count && same < _depth && _names[same].AsSpan().SequenceEqual(parts[same]))
        {
            same++;
        }

        Leave(same);
        for (; _depth < count; _depth++)
        {
            FileDescriptor folder = _folders[_depth] ??= new FileDescriptor();
            bool isMade = Metadata.TryMakeDirectory(Current, parts[_depth]);
            PosixError error = folder.TryOpenAt(Current, parts[_depth], OpenFlags.Directory);
            if (error is PosixError.NotADirectory or PosixError.SymbolicLink && !isMade)
            {
                throw ArchiveException.Of(path, "is below something that is not a folder");
            }

            if (error != PosixError.None)
            {
                throw PosixException.Create("open", path, error);
            }

            _names[_depth] = parts[_depth];
        }
    }

    private void Leave(int depth)
    {
        while (_depth > depth)
        {
            _folders[--_depth].CloseChecked();
        }
    }

    /// <summary>Makes an empty file, in the place of one that has the name.</summary>
    private void Create(byte[] name, ReadOnlySpan<byte> path)
    {
        PosixError error = Metadata.TryCreateFile(_file, Current, name);
        if (error == PosixError.Exists)
        {
            if (Current.TryGetStatus(name, out FileStatus status) && status.Kind == FileKind.Directory)
            {
                throw ArchiveException.Of(path, "is a folder and a file");
            }

            CountReplaced(name, path);
            Current.Unlink(name);
            error = Metadata.TryCreateFile(_file, Current, name);
        }

        if (error != PosixError.None)
        {
            throw PosixException.Create("create", path, error);
        }
    }

    /// <summary>Counts a name that is taken, and makes sure that it is this very name, which a file system that folds case or
    /// composes letters need not have.</summary>
    private void CountReplaced(byte[] name, ReadOnlySpan<byte> path)
    {
        if (++ReplacedCount > MaxReplacedCount)
        {
            throw ArchiveException.Whole($"more than {MaxReplacedCount} entries of the archive have the name of another one");
        }

        DirectoryReader reader = new();
        reader.Begin(Current);
        while (reader.Read())
        {
            if (reader.Name.SequenceEqual(name))
            {
                return;
            }
        }

        throw ArchiveException.Of(path, "has a name that this file system takes for that of another one");
    }

    private void MakeLink(byte[] path, byte[] target)
    {
        byte[][] targetParts = Split(target);
        if (targetParts.Length == 0)
        {
            throw ArchiveException.Of(path, "is a hard link to a folder");
        }

        using FileDescriptor source = new();
        if (!TryEnterTarget(targetParts) || !Current.TryGetStatus(targetParts[^1], out FileStatus status))
        {
            throw ArchiveException.Of(path, $"is a hard link to '{EscapedText.FromBytes(target)}', which does not exist");
        }

        switch (status.Kind)
        {
            case FileKind.Symlink:
                byte[] link = new byte[DirectoryOperations.MaxTargetLength + 1];
                int length = Current.ReadSymlink(targetParts[^1], link);
                AddSymlink(path, link.AsSpan(0, length));
                break;
            case FileKind.Regular:
                source.OpenAt(Current, targetParts[^1], OpenFlags.ReadOnly | OpenFlags.NonBlocking);
                byte[] block = new byte[CopyBlockLength];
                AddFile(path, status.IsOwnerExecutable, (long)status.Size, left =>
                {
                    int count = source.Read(block.AsSpan(0, (int)Math.Min(left, block.Length)));
                    return count > 0 ? block.AsSpan(0, count) : throw ArchiveException.Of(path, "is a hard link to a file that became shorter");
                });
                break;
            default:
                throw ArchiveException.Of(path, $"is a hard link to a folder, '{EscapedText.FromBytes(target)}'");
        }
    }

    /// <summary>Opens the folder that the target of a hard link is in, and makes nothing.</summary>
    private bool TryEnterTarget(byte[][] parts)
    {
        Leave(0);
        for (; _depth < parts.Length - 1; _depth++)
        {
            FileDescriptor folder = _folders[_depth] ??= new FileDescriptor();
            if (folder.TryOpenAt(Current, parts[_depth], OpenFlags.Directory) != PosixError.None)
            {
                return false;
            }

            _names[_depth] = parts[_depth];
        }

        return true;
    }

    private void CountBytes(int count)
    {
        _size += count;
        if (_size > limits.MaxSize)
        {
            throw LimitedStream.Exceeded(limits.MaxSize);
        }
    }
}
