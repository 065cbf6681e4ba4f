using System.Text;
using Nario.Store.Posix;

namespace Nario.Store.Local.Trees;

/// <summary>Deletes trees. Links are never followed.</summary>
/// <remarks>
/// Directories without write permission are made writable; files keep their permissions, since they may have other
/// names. A tree of any depth needs a bounded number of open directories: what is too deep is moved up first.
/// </remarks>
internal sealed class TreeRemover : IDisposable
{
    /// <summary>
    /// How many directories are open at a time: few, so that what a restore has left that ran out of files to open can be
    /// deleted.
    /// </summary>
    private const int MaxOpenDirectories = 8;

    private readonly Frame?[] _frames = new Frame?[MaxOpenDirectories];
    private int _depth;
    private ulong _movedCount;

    private TreeRemover()
    {
    }

    /// <summary>Deletes an entry of a directory with all that is in it, if it is there.</summary>
    /// <param name="parent">The directory.</param>
    /// <param name="name">The entry.</param>
    /// <exception cref="PosixException">Something cannot be deleted.</exception>
    public static void Remove(FileDescriptor parent, ReadOnlySpan<byte> name)
    {
        if (!parent.TryGetStatus(name, out FileStatus status))
        {
            return;
        }

        if (!TryRemove(parent, name, status.Kind))
        {
            using TreeRemover remover = new();
            remover.Enter(parent, name);
            remover.Run(parent);
        }
    }

    /// <summary>Closes what is open.</summary>
    public void Dispose()
    {
        foreach (Frame? frame in _frames)
        {
            frame?.Directory.Dispose();
        }
    }

    private void Run(FileDescriptor parent)
    {
        while (_depth > 0)
        {
            Frame frame = _frames[_depth - 1]!;
            if (frame.Reader.Read())
            {
                RemoveEntry(frame, frame.Reader.Name, frame.Reader.Kind);
                continue;
            }

            FileDescriptor above = _depth == 1 ? parent : _frames[_depth - 2]!.Directory;
            if (above.RemoveDirectory(frame.Name))
            {
                frame.Directory.CloseChecked();
                _depth--;
            }
            else
            {
                // Entries were moved here since it was read.
                frame.Reader.Begin(frame.Directory);
            }
        }
    }

    private void RemoveEntry(Frame frame, ReadOnlySpan<byte> name, FileKind kind)
    {
        if (kind == FileKind.Unknown)
        {
            kind = frame.Directory.TryGetStatus(name, out FileStatus status) ? status.Kind : FileKind.Other;
        }

        if (TryRemove(frame.Directory, name, kind))
        {
            return;
        }

        if (_depth < _frames.Length)
        {
            Enter(frame.Directory, name);
        }
        else
        {
            MoveUp(frame.Directory, name);
        }
    }

    /// <summary>Removes what need not be opened for that; there may be no more files that can be.</summary>
    /// <returns>False for a directory with entries.</returns>
    private static bool TryRemove(FileDescriptor parent, ReadOnlySpan<byte> name, FileKind kind)
    {
        if (kind == FileKind.Directory)
        {
            return parent.RemoveDirectory(name);
        }

        parent.Unlink(name);
        return true;
    }

    private void Enter(FileDescriptor parent, ReadOnlySpan<byte> name)
    {
        Frame frame = _frames[_depth] ??= new Frame();
        OpenWritable(frame.Directory, parent, name);
        frame.SetName(name);
        frame.Reader.Begin(frame.Directory);
        _depth++;
    }

    /// <summary>Moves a directory into the first one of the tree, which is read again when it is not empty.</summary>
    private void MoveUp(FileDescriptor parent, ReadOnlySpan<byte> name)
    {
        // A directory that changes its parent must be writable itself.
        using (FileDescriptor directory = new())
        {
            OpenWritable(directory, parent, name);
        }

        while (true)
        {
            byte[] newName = Encoding.ASCII.GetBytes($".moved-{_movedCount++}");
            try
            {
                parent.RenameWithoutReplacing(name, _frames[0]!.Directory, newName);
                return;
            }
            catch (PosixException exception) when (exception.ErrorNumber == (int)PosixError.Exists)
            {
                // The tree has an entry of that name; the next number will do.
            }
        }
    }

    private static void OpenWritable(FileDescriptor directory, FileDescriptor parent, ReadOnlySpan<byte> name)
    {
        directory.OpenAt(parent, name, OpenFlags.Directory);
        directory.SetPermissions(CanonicalMetadata.UnfinishedDirectoryPermissions);
    }

    private sealed class Frame
    {
        private readonly byte[] _name = new byte[EntryName.MaxLength];
        private int _nameLength;

        public FileDescriptor Directory { get; } = new();

        public DirectoryReader Reader { get; } = new();

        public ReadOnlySpan<byte> Name => _name.AsSpan(0, _nameLength);

        public void SetName(ReadOnlySpan<byte> name)
        {
            name.CopyTo(_name);
            _nameLength = name.Length;
        }
    }
}
