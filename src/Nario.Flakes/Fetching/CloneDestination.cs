using System.Security.Cryptography;
using System.Text;
using Nario.Codec;
using Nario.Store;
using Nario.Store.Local.Trees;
using Nario.Store.Posix;

namespace Nario.Flakes.Fetching;

/// <summary>The place that a clone appears at once it is whole.</summary>
/// <remarks>
/// The tree is made in a staging folder beside it, which only its owner can enter and which is locked, and renamed in the
/// end. What a killed clone leaves is such a folder; the next clone into the same folder deletes it.
/// </remarks>
internal sealed class CloneDestination : IDisposable
{
    private const string Prefix = ".nario-clone-";

    private const int RandomLength = 16;

    /// <summary>0700.</summary>
    private const int StagingPermissions = 0x1c0;

    private readonly List<string> _madeParents = [];
    private readonly string _shown;
    private readonly string _path;
    private readonly byte[] _name;
    private readonly FileDescriptor _parent;
    private readonly FileDescriptor _staging = new();
    private byte[]? _stagingName;
    private bool _replacesEmpty;

    private CloneDestination(string shown, string path, DestinationRule rule)
    {
        _shown = shown;
        _path = path;
        _name = Encoding.UTF8.GetBytes(Path.GetFileName(path));
        if (rule == DestinationRule.NewOrEmpty)
        {
            MakeParents();
        }

        _parent = new FileDescriptor();
        PosixError error = _parent.TryOpen(ParentPath, OpenFlags.PathOnly | OpenFlags.Directory);
        if (error != PosixError.None)
        {
            RemoveMadeParents();
            throw error == PosixError.NotFound
                ? new FlakeException($"opening parent directory of \"{EscapedText.FromText(shown)}\": No such file or directory")
                : new PosixException("open", ParentPath, (int)error);
        }
    }

    /// <summary>Gets the name of the folder that trees are made in, below the staging folder.</summary>
    public static ReadOnlySpan<byte> TreeName => "tree"u8;

    /// <summary>Gets the folder that trees are made in: empty at first.</summary>
    public FileDescriptor Tree { get; } = new();

    /// <summary>Gets the path of that folder, for other programs.</summary>
    public string TreePath => Path.Join(StagingPath, Encoding.ASCII.GetString(TreeName));

    /// <summary>Gets the path of the staging folder, where programs may put what goes in the end.</summary>
    public string StagingPath => Path.Join(ParentPath, Encoding.ASCII.GetString(_stagingName!));

    /// <summary>Gets the folder that the destination is in.</summary>
    public string ParentPath => Path.GetDirectoryName(_path) ?? "/";

    /// <summary>Gets the destination as the user typed it, fit for a message.</summary>
    public string Shown => EscapedText.FromText(_shown);

    /// <summary>Looks at a destination, and makes a staging folder beside it.</summary>
    /// <param name="destination">The destination as the user typed it.</param>
    /// <param name="currentDirectory">Where it starts if it is relative.</param>
    /// <param name="rule">What may be there.</param>
    /// <exception cref="FlakeException">Something is there.</exception>
    /// <exception cref="StoreException">Nothing can be made there.</exception>
    public static CloneDestination Prepare(string destination, string currentDirectory, DestinationRule rule)
    {
        string shown = EscapedText.FromText(destination);
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(destination, currentDirectory));
        bool isTaken = Path.Exists(path) || new FileInfo(path).LinkTarget is not null;
        bool replacesEmpty = false;
        if (isTaken && rule == DestinationRule.New)
        {
            throw new FlakeException($"cannot clone into existing path \"{shown}\"");
        }

        if (isTaken)
        {
            path = References.RealPath.Find(path) ?? path;
            replacesEmpty = Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any();
            if (!replacesEmpty)
            {
                throw new FlakeException($"destination path '{shown}' already exists and is not an empty directory");
            }

            if (path == References.RealPath.Find(currentDirectory))
            {
                throw new FlakeException($"cannot put another folder in the place of the current one; name '{shown}' from outside");
            }
        }

        CloneDestination place = new(destination, path, rule) { _replacesEmpty = replacesEmpty };
        try
        {
            place.RemoveLeftOvers();
            while (!place.TryMakeStaging())
            {
            }

            return place;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>Reads a tree of the staging folder.</summary>
    /// <param name="treePlace">Where it is.</param>
    /// <param name="sink">Takes it.</param>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public void ReadTree(StagedPlace treePlace, INarSink sink)
    {
        if (treePlace == StagedPlace.Tree)
        {
            TreeWalker.Walk(_staging, TreeName, _shown, sink);
        }
        else
        {
            TreeWalker.Walk(Tree, FindOnlyEntry(), _shown, sink);
        }
    }

    /// <summary>Gives a whole tree the name of the destination.</summary>
    /// <param name="treePlace">Where it is.</param>
    /// <exception cref="StoreException">The name is taken by now, or the tree cannot have it.</exception>
    public void Complete(StagedPlace treePlace)
    {
        if (_replacesEmpty && !_parent.RemoveDirectory(_name))
        {
            throw new FlakeException($"destination path '{Shown}' already exists and is not an empty directory");
        }

        if (treePlace == StagedPlace.Tree)
        {
            _staging.RenameWithoutReplacing(TreeName, _parent, _name);
        }
        else
        {
            Tree.RenameWithoutReplacing(FindOnlyEntry(), _parent, _name);
        }

        _madeParents.Clear();
    }

    /// <summary>Deletes the staging folder with what is left in it.</summary>
    public void Dispose()
    {
        try
        {
            if (_stagingName is not null)
            {
                TreeRemover.Remove(_parent, _stagingName);
            }
        }
        catch (PosixException)
        {
            // An error is on its way already, which this one must not hide; the next clone tries again.
        }

        Tree.Dispose();
        _staging.Dispose();
        _parent.Dispose();
        RemoveMadeParents();
    }

    private byte[] FindOnlyEntry()
    {
        DirectoryReader reader = new();
        reader.Begin(Tree);
        return reader.Read() ? reader.Name.ToArray() : throw new FlakeException("nothing was fetched");
    }

    private void MakeParents()
    {
        for (string? folder = ParentPath; folder is not null && !Path.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            _madeParents.Add(folder);
        }

        if (_madeParents.Count > 0)
        {
            Directory.CreateDirectory(ParentPath);
        }
    }

    private void RemoveMadeParents()
    {
        foreach (string folder in _madeParents)
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (IOException)
            {
                // Somebody else uses it.
                return;
            }
        }
    }

    private bool TryMakeStaging()
    {
        _stagingName = Encoding.ASCII.GetBytes(Prefix + RandomNumberGenerator.GetHexString(RandomLength, lowercase: true));
        try
        {
            if (!_parent.TryMakeDirectory(_stagingName, StagingPermissions))
            {
                return false;
            }
        }
        catch (PosixException error)
        {
            _stagingName = null;
            throw new PosixException("create", _shown, error.ErrorNumber);
        }

        PosixError opened = _staging.TryOpenAt(_parent, _stagingName, OpenFlags.Directory);
        if (opened == PosixError.NotFound)
        {
            return false;
        }

        if (opened != PosixError.None)
        {
            throw new PosixException("open", _shown, (int)opened);
        }

        _staging.Lock(LockMode.Exclusive);
        if (_staging.GetStatus().LinkCount == 0)
        {
            // Between its making and the lock, another clone has taken it for a left-over.
            _staging.CloseChecked();
            return false;
        }

        TreeMetadata.OfUser.MakeDirectory(_staging, TreeName);
        Tree.OpenAt(_staging, TreeName, OpenFlags.Directory);
        return true;
    }

    private void RemoveLeftOvers()
    {
        using FileDescriptor listed = new();
        if (listed.TryOpen(ParentPath, OpenFlags.Directory) != PosixError.None)
        {
            return;
        }

        List<byte[]> names = [];
        DirectoryReader reader = new();
        reader.Begin(listed);
        while (reader.Read())
        {
            if (reader.Name.StartsWith(Encoding.ASCII.GetBytes(Prefix)))
            {
                names.Add(reader.Name.ToArray());
            }
        }

        foreach (byte[] name in names)
        {
            RemoveLeftOver(name);
        }
    }

    private void RemoveLeftOver(byte[] name)
    {
        try
        {
            using FileDescriptor leftOver = new();
            if (leftOver.TryOpenAt(_parent, name, OpenFlags.Directory) == PosixError.None
                && leftOver.GetStatus().UserId == ProcessIdentity.UserId
                && leftOver.TryLock(LockMode.Exclusive))
            {
                TreeRemover.Remove(_parent, name);
            }
        }
        catch (PosixException)
        {
            // It is in nobody's way.
        }
    }
}
