using System.Text;
using Nario.Store.Local.Locks;
using Nario.Store.Paths;
using Nario.Store.Posix;

namespace Nario.Store.Local.Trees;

/// <summary>A directory in the store directory in which a tree is made before it gets its name.</summary>
/// <remarks>
/// It is in the store directory itself because a finished directory, which is not writable, can be renamed by its
/// owner but not moved to another parent. Its name is that of a store path, since older collectors (Nix 2.8) delete all
/// other names; the caller lists it as a temporary root, so collectors spare it without having to wait. It is locked,
/// which keeps the clean-up of other imports away from it.
/// </remarks>
internal sealed class StagingDirectory : IDisposable
{
    private const string Name = "nario-staging";

    private readonly FileDescriptor _storeDirectory;
    private readonly byte[] _name;
    private bool _hasName;

    private StagingDirectory(FileDescriptor storeDirectory, StorePath path)
    {
        _storeDirectory = storeDirectory;
        _name = Encoding.ASCII.GetBytes(path.BaseName);
    }

    /// <summary>Gets the open directory, for its owner only; its entries inherit no group and no access control
    /// list.</summary>
    public FileDescriptor Directory { get; } = new();

    /// <summary>Makes a path for such a directory, which nothing has.</summary>
    public static StorePath MakePath() => StorePath.Create(RandomBytes.Get(StorePath.HashByteLength), Name);

    /// <summary>Gets whether a path that is not valid is one of such a directory.</summary>
    /// <param name="path">The path.</param>
    public static bool IsPath(StorePath path) => path.Name == Name;

    /// <summary>Makes a directory.</summary>
    /// <param name="storeDirectory">The real store directory; must stay open.</param>
    /// <param name="path">Its path, which the caller alone uses.</param>
    /// <returns>The directory; disposing it deletes what is in it.</returns>
    /// <exception cref="PosixException">It cannot be made.</exception>
    public static StagingDirectory Create(FileDescriptor storeDirectory, StorePath path)
    {
        StagingDirectory staging = new(storeDirectory, path);
        try
        {
            while (!staging.TryMake())
            {
            }

            return staging;
        }
        catch
        {
            staging.Dispose();
            throw;
        }
    }

    /// <summary>Deletes a directory that a killed import has left, unless another one works in it.</summary>
    /// <param name="storeDirectory">The real store directory.</param>
    /// <param name="path">Its path.</param>
    /// <param name="isValid">Whether a path of such a name is registered after all.</param>
    public static void TryRemoveLeftOver(FileDescriptor storeDirectory, StorePath path, Func<StorePath, bool> isValid)
    {
        try
        {
            byte[] name = Encoding.ASCII.GetBytes(path.BaseName);
            using FileDescriptor directory = new();
            directory.OpenAt(storeDirectory, name, OpenFlags.Directory);
            if (!directory.TryLock(LockMode.Exclusive) || directory.GetStatus().LinkCount == 0)
            {
                // In use; or deleted before it was locked, and its name may be that of a new one.
                return;
            }

            // Somebody may be adding an object of that name.
            using PathLock? pathLock = PathLock.TryAcquire(storeDirectory, path.BaseName);
            if (pathLock is not null && !isValid(path))
            {
                TreeRemover.Remove(storeDirectory, name);
            }
        }
        catch (PosixException)
        {
            // Not ours to delete; the import does not need it gone.
        }
    }

    /// <summary>Gives a whole tree its name.</summary>
    /// <param name="rootKind">What the root is.</param>
    /// <param name="baseName">The name; the caller holds its lock, and nothing has it.</param>
    /// <exception cref="PosixException">It cannot be renamed.</exception>
    public void MoveTo(RestoredRootKind rootKind, ReadOnlySpan<byte> baseName)
    {
        if (rootKind == RestoredRootKind.Directory)
        {
            _storeDirectory.RenameWithoutReplacing(_name, _storeDirectory, baseName);
            _hasName = false;
        }
        else
        {
            Directory.RenameWithoutReplacing(TreeRestorer.RootEntryName, _storeDirectory, baseName);
        }
    }

    /// <summary>Deletes the directory with all that is in it, unless it has got a name.</summary>
    public void Dispose()
    {
        bool isRemoved = TryRemove();
        Directory.Dispose();
        if (!isRemoved)
        {
            // Without the lock, but with one file more that may be opened.
            TryRemove();
        }
    }

    private bool TryRemove()
    {
        try
        {
            if (_hasName)
            {
                TreeRemover.Remove(_storeDirectory, _name);
            }

            return true;
        }
        catch (PosixException)
        {
            // Another import deletes it. Mostly an error is on its way already, which this one must not hide.
            return false;
        }
    }

    private bool TryMake()
    {
        if (!_storeDirectory.TryMakeDirectory(_name, CanonicalMetadata.UnfinishedDirectoryPermissions))
        {
            // The tree before it could not be deleted.
            TreeRemover.Remove(_storeDirectory, _name);
            _storeDirectory.MakeDirectory(_name, CanonicalMetadata.UnfinishedDirectoryPermissions);
        }

        _hasName = true;
        if (Directory.TryOpenAt(_storeDirectory, _name, OpenFlags.Directory) is var error
            && error != PosixError.None)
        {
            return error == PosixError.NotFound ? false : throw PosixException.Create("open", _name, error);
        }

        Directory.Lock(LockMode.Exclusive);
        ExtendedAttributes.Remove(Directory, CanonicalMetadata.KeptExtendedAttributes);
        FileStatus status = Directory.GetStatus();
        if (status.LinkCount == 0)
        {
            // Between its making and the lock, another import has taken it for a left-over.
            Directory.CloseChecked();
            return false;
        }

        if (status.GroupId != ProcessIdentity.GroupId)
        {
            // Where that is refused only the folder itself has the other group.
            _ = Directory.TrySetOwner(FileDescriptor.Unchanged, ProcessIdentity.GroupId);
        }

        if (status.Permissions != CanonicalMetadata.UnfinishedDirectoryPermissions)
        {
            // One of the bits that a parent passes on would give its group to every entry.
            Directory.SetPermissions(CanonicalMetadata.UnfinishedDirectoryPermissions);
        }

        return true;
    }
}
