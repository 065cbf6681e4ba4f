using Nario.Store.Posix;

namespace Nario.Store.Local.Trees;

/// <summary>Makes single nodes of a tree below open directories, with the metadata that all its nodes get.</summary>
/// <remarks>
/// Names are those of one entry, must not exist yet, and no link is followed: what is made is new, and in the directory that
/// was given.
/// </remarks>
internal abstract class TreeMetadata
{
    /// <summary>Gets the metadata of a store: what <see cref="CanonicalMetadata"/> says.</summary>
    public static TreeMetadata Canonical { get; } = new StoreMetadata();

    /// <summary>Gets the metadata of a user's files: the umask decides, everybody may execute what is executable, and the time
    /// of modification is now.</summary>
    public static TreeMetadata OfUser { get; } = new UserMetadata();

    /// <summary>Gets the permissions that a directory is made with, before the umask.</summary>
    protected abstract int NewDirectoryPermissions { get; }

    /// <summary>Gets the permissions that a file is made with, before the umask.</summary>
    protected abstract int NewFilePermissions { get; }

    /// <summary>Makes a directory.</summary>
    /// <returns>False when the name is taken.</returns>
    /// <exception cref="PosixException">It cannot be made.</exception>
    public bool TryMakeDirectory(FileDescriptor parent, ReadOnlySpan<byte> name) =>
        parent.TryMakeDirectory(name, NewDirectoryPermissions);

    /// <summary>Makes a directory.</summary>
    /// <exception cref="PosixException">It cannot be made; also when the name is taken.</exception>
    public void MakeDirectory(FileDescriptor parent, ReadOnlySpan<byte> name) =>
        parent.MakeDirectory(name, NewDirectoryPermissions);

    /// <summary>Makes an empty file and opens it to write to it.</summary>
    /// <returns>The error, or none.</returns>
    public PosixError TryCreateFile(FileDescriptor file, FileDescriptor parent, ReadOnlySpan<byte> name) =>
        file.TryOpenAt(parent, name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, NewFilePermissions);

    /// <summary>Makes an empty file and opens it to write to it.</summary>
    /// <exception cref="PosixException">It cannot be made; also when the name is taken.</exception>
    public void CreateFile(FileDescriptor file, FileDescriptor parent, ReadOnlySpan<byte> name) =>
        file.OpenAt(parent, name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, NewFilePermissions);

    /// <summary>Gives a file that is written to its end its metadata.</summary>
    /// <exception cref="PosixException">It cannot have them.</exception>
    public abstract void FinishFile(FileDescriptor file, bool isExecutable);

    /// <summary>Gives a directory that has all its entries its metadata.</summary>
    /// <exception cref="PosixException">It cannot have them.</exception>
    public abstract void FinishDirectory(FileDescriptor directory);

    /// <summary>Makes a symbolic link.</summary>
    /// <exception cref="StoreException">It cannot be made, or its target is none.</exception>
    public virtual void MakeSymlink(FileDescriptor parent, ReadOnlySpan<byte> name, ReadOnlySpan<byte> target) =>
        parent.MakeSymlink(name, target);

    private sealed class StoreMetadata : TreeMetadata
    {
        /// <summary>The permissions of a file while it is written: 0600.</summary>
        protected override int NewFilePermissions => 0x180;

        protected override int NewDirectoryPermissions => CanonicalMetadata.UnfinishedDirectoryPermissions;

        public override void FinishFile(FileDescriptor file, bool isExecutable)
        {
            file.SetPermissions(
                isExecutable ? CanonicalMetadata.ExecutablePermissions : CanonicalMetadata.FilePermissions);
            file.SetModificationTime(CanonicalMetadata.ModificationTime);
        }

        public override void FinishDirectory(FileDescriptor directory)
        {
            directory.SetPermissions(CanonicalMetadata.DirectoryPermissions);
            directory.SetModificationTime(CanonicalMetadata.ModificationTime);
        }

        public override void MakeSymlink(FileDescriptor parent, ReadOnlySpan<byte> name, ReadOnlySpan<byte> target)
        {
            base.MakeSymlink(parent, name, target);
            parent.SetModificationTime(name, CanonicalMetadata.ModificationTime);
        }
    }

    private sealed class UserMetadata : TreeMetadata
    {
        private const int AllExecuteBits = 0x49;

        /// <summary>0777.</summary>
        protected override int NewDirectoryPermissions => 0x1ff;

        /// <summary>0666.</summary>
        protected override int NewFilePermissions => 0x1b6;

        public override void FinishFile(FileDescriptor file, bool isExecutable)
        {
            if (isExecutable)
            {
                file.SetPermissions(file.GetStatus().Permissions | AllExecuteBits);
            }
        }

        public override void FinishDirectory(FileDescriptor directory)
        {
        }
    }
}
