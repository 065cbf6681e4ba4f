using System.Globalization;
using System.Text;
using Nario.Store.Posix;

namespace Nario.Store.Local.Trees;

/// <summary>
/// A directory in the store directory in which a tree is made before it gets its name. It is locked, which keeps the
/// collector and the clean-up of other imports away from it.
/// </summary>
/// <remarks>
/// It is in the store directory itself because a finished directory, which is not writable, can be renamed by its
/// owner but not moved to another parent.
/// </remarks>
internal sealed class StagingDirectory : IDisposable
{
    private readonly FileDescriptor _storeDirectory;
    private byte[]? _name;

    private StagingDirectory(FileDescriptor storeDirectory) => _storeDirectory = storeDirectory;

    /// <summary>Gets the open directory, for its owner only; its entries inherit no group and no access control
    /// list.</summary>
    public FileDescriptor Directory { get; } = new();

    /// <summary>Gets what the names of all such directories begin with.</summary>
    public static ReadOnlySpan<byte> Prefix => "tmp-nario-"u8;

    /// <summary>Makes a directory.</summary>
    /// <param name="storeDirectory">The real store directory; must stay open.</param>
    /// <returns>The directory; disposing it deletes what is in it.</returns>
    /// <exception cref="PosixException">It cannot be made.</exception>
    public static StagingDirectory Create(FileDescriptor storeDirectory)
    {
        StagingDirectory staging = new(storeDirectory);
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
    /// <param name="name">Its name.</param>
    public static void TryRemoveLeftOver(FileDescriptor storeDirectory, byte[] name)
    {
        try
        {
            using FileDescriptor directory = new();
            directory.OpenAt(storeDirectory, name, OpenFlags.Directory);
            if (directory.TryLock(LockMode.Exclusive))
            {
                TreeRemover.Remove(storeDirectory, name);
            }
        }
        catch (PosixException)
        {
            // Not ours to delete; the import does not need it gone.
        }
    }

    /// <summary>Gets whether no collector has begun to delete a whole tree: it makes a directory writable first.</summary>
    /// <param name="rootKind">What the root is.</param>
    public bool IsUntouched(RestoredRootKind rootKind)
    {
        FileStatus status = Directory.GetStatus();
        return status.LinkCount > 0
            && (rootKind != RestoredRootKind.Directory || status.Permissions == CanonicalMetadata.DirectoryPermissions);
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
            _name = null;
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
            if (_name is not null)
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
        string suffix = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Guid.NewGuid():N}");
        byte[] name = [.. Prefix, .. Encoding.ASCII.GetBytes(suffix)];
        _storeDirectory.MakeDirectory(name, CanonicalMetadata.UnfinishedDirectoryPermissions);
        _name = name;
        if (Directory.TryOpenAt(_storeDirectory, name, OpenFlags.Directory) is var error
            && error != PosixError.None)
        {
            return error == PosixError.NotFound ? false : throw PosixException.Create("open", name, error);
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
            Directory.SetGroup(ProcessIdentity.GroupId);
        }

        if (status.Permissions != CanonicalMetadata.UnfinishedDirectoryPermissions)
        {
            // One of the bits that a parent passes on would give its group to every entry.
            Directory.SetPermissions(CanonicalMetadata.UnfinishedDirectoryPermissions);
        }

        return true;
    }
}
