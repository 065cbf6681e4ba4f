using System.Globalization;
using System.Text;
using Nario.Store.Configuration;
using Nario.Store.Local.Database;
using Nario.Store.Local.Locks;
using Nario.Store.Posix;

namespace Nario.Store.Local;

/// <summary>
/// The files and folders of a local store beside its objects, which are shared with Nix and made in its order: folders,
/// the reserve, the lock of the whole store, then the schema with the database.
/// </summary>
internal sealed class StoreLayout : IDisposable
{
    /// <summary>How much disk the reserve takes, which the collector frees to have room for its own work.</summary>
    private const long ReservedLength = 8 * 1024 * 1024;

    /// <summary>The permissions of a store directory that builders share: 01775.</summary>
    private const int SharedStorePermissions = 0x3fd;

    /// <summary>The permissions of the folder with the links of an optimised store, before the umask: 0777.</summary>
    private const int LinksPermissions = 0x1ff;

    /// <summary>The permissions of the folders of the users' profiles: 0755.</summary>
    private const int PerUserPermissions = 0x1ed;

    /// <summary>The permissions of the file with the schema's version, before the umask: 0666.</summary>
    private const int SchemaFilePermissions = 0x1b6;

    private const int MaxSchemaTextLength = 32;

    /// <summary>How often an empty file with the schema's version is read again before it counts as corrupt.</summary>
    private const int MaxSchemaPauses = 100;

    /// <summary>How often a store is looked for that another process seems to be making, before it is made here too.</summary>
    private const int MaxCreationPauses = 500;

    private const string DefaultBuildUsersGroup = "nixbld";

    private static readonly TimeSpan SchemaPause = TimeSpan.FromMilliseconds(10);

    private readonly StoreLocation _location;
    private readonly NixConfiguration _configuration;
    private readonly FileDescriptor _bigLock = new();
    private FileDescriptor? _realStoreDirectory;

    private StoreLayout(StoreLocation location, NixConfiguration configuration)
    {
        _location = location;
        _configuration = configuration;
    }

    /// <summary>Gets the open directory that holds the objects, only to name what is in it. Between the check of its path
    /// and its opening, no link can have taken its place.</summary>
    public FileDescriptor RealStoreDirectory => _realStoreDirectory ??= _configuration.AllowSymlinkedStore
        ? FileDescriptor.OpenToEnter(_location.RealStoreDirectory)
        : FileDescriptor.OpenToEnterWithoutLinks(_location.RealStoreDirectory);

    private static ReadOnlySpan<byte> LinksName => ".links"u8;

    private string ProfilesDirectory => Path.Join(_location.StateDirectory, "profiles");

    private string RootsDirectory => Path.Join(_location.StateDirectory, "gcroots");

    private string DatabaseDirectory => Path.Join(_location.StateDirectory, "db");

    private string DatabaseFile => Path.Join(DatabaseDirectory, "db.sqlite");

    private string SchemaFile => Path.Join(DatabaseDirectory, "schema");

    private string BigLockFile => Path.Join(DatabaseDirectory, "big-lock");

    /// <summary>Makes what is missing of a store, and takes the shared lock on the whole of it.</summary>
    /// <param name="location">Where its parts are.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="database">The open database.</param>
    /// <returns>What holds the lock.</returns>
    /// <exception cref="StoreException">Something cannot be made, or the store has another schema.</exception>
    public static StoreLayout Prepare(
        StoreLocation location, NixConfiguration configuration, out StoreDatabase database)
    {
        StoreLayout layout = new(location, configuration);
        StoreDatabase? opened = null;
        try
        {
            layout.CheckParents();
            bool hadRoots = layout.MakeDirectories();
            layout.ShareStoreDirectory();
            layout.MakeReserve();
            PosixError error = layout._bigLock.TryOpen(
                layout.BigLockFile, OpenFlags.ReadWrite | OpenFlags.Create, LockFile.Permissions);
            if (error != PosixError.None)
            {
                throw new PosixException("open", layout.BigLockFile, (int)error);
            }

            bool isNew = layout.LockToOpen();
            opened = StoreDatabase.Open(layout.DatabaseFile, location.StoreDirectory, isNew, configuration);
            if (isNew || !hadRoots)
            {
                layout.LinkProfiles();
            }

            if (isNew)
            {
                layout.WriteSchema();
            }

            // It was taken alone where the store had to be made.
            layout._bigLock.Lock(LockMode.Shared);
            database = opened;
            return layout;
        }
        catch (Exception exception)
        {
            opened?.Dispose();
            layout.Dispose();
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw new StoreException(
                    $"cannot create the store: {EscapedText.FromText(exception.Message)}", exception);
            }

            throw;
        }
    }

    /// <summary>Opens a store that exists without changing anything.</summary>
    /// <param name="location">Where its parts are.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="database">The open database.</param>
    /// <returns>What holds the lock, if the user may take it.</returns>
    /// <exception cref="StoreException">There is no store, or it has another schema, or may not be read.</exception>
    public static StoreLayout OpenExisting(
        StoreLocation location, NixConfiguration configuration, out StoreDatabase database)
    {
        StoreLayout layout = new(location, configuration);
        try
        {
            layout.CheckParents();

            // Others may often not open the lock. It only keeps migrations away, which Nix runs once in years.
            if (layout._bigLock.TryOpen(layout.BigLockFile, OpenFlags.ReadOnly) == PosixError.None)
            {
                layout._bigLock.Lock(LockMode.Shared);
            }

            if (!layout.CheckSchema())
            {
                throw new StoreException(
                    $"there is no store with the state directory '{EscapedText.FromText(location.StateDirectory)}'");
            }

            database = StoreDatabase.OpenReadOnly(layout.DatabaseFile, location.StoreDirectory);
            return layout;
        }
        catch
        {
            layout.Dispose();
            throw;
        }
    }

    /// <summary>Gives the lock on the whole store back.</summary>
    public void Dispose()
    {
        _realStoreDirectory?.Dispose();
        _bigLock.Dispose();
    }

    /// <summary>
    /// Takes the lock on the whole store: with others, or alone where a store is still to be made. Nix makes one under the
    /// shared lock, and fails if another process does so at the same time. So Nix has to wait for this here, and this waits
    /// for a while for what Nix seems to be making.
    /// </summary>
    /// <returns>Whether the store is to be made.</returns>
    private bool LockToOpen()
    {
        for (int pause = 0; ; pause++)
        {
            _bigLock.Lock(LockMode.Shared);
            if (CheckSchema())
            {
                return false;
            }

            if (pause == MaxCreationPauses)
            {
                return true;
            }

            // Where it fails, the shared lock is gone too.
            if (_bigLock.TryLock(LockMode.Exclusive))
            {
                return !CheckSchema();
            }

            Thread.Sleep(SchemaPause);
        }
    }

    /// <summary>Checks the store directory and the folders above it, as far as they are there.</summary>
    private void CheckParents()
    {
        for (string? path = _location.RealStoreDirectory; path is not null; path = Path.GetDirectoryName(path))
        {
            FileInfo file = new(path);
            if (file.LinkTarget is not null && !_configuration.AllowSymlinkedStore)
            {
                throw new StoreException(
                    $"the path '{EscapedText.FromText(path)}' is a symbolic link, which neither a store directory nor "
                    + "a folder above it may be");
            }

            if (file.Exists)
            {
                throw new StoreException($"there can be no store in '{EscapedText.FromText(path)}': it is not a folder");
            }
        }
    }

    /// <summary>Makes the folders that are missing.</summary>
    /// <returns>Whether the folder of the roots was there.</returns>
    private bool MakeDirectories()
    {
        Directory.CreateDirectory(_location.RealStoreDirectory);
        if (WritableMount.OpenIfReadOnly(RealStoreDirectory, _location.RealStoreDirectory) is { } writable)
        {
            RealStoreDirectory.Dispose();
            _realStoreDirectory = writable;
        }

        RealStoreDirectory.TryMakeDirectory(LinksName, LinksPermissions);
        string state = _location.StateDirectory;
        Directory.CreateDirectory(ProfilesDirectory);
        Directory.CreateDirectory(Path.Join(state, TempRoots.DirectoryName));
        Directory.CreateDirectory(DatabaseDirectory);
        bool hadRoots = Directory.Exists(RootsDirectory);
        Directory.CreateDirectory(RootsDirectory);
        foreach (string parent in (ReadOnlySpan<string>)[ProfilesDirectory, RootsDirectory])
        {
            string perUser = Path.Join(parent, "per-user");
            Directory.CreateDirectory(perUser);
            using FileDescriptor directory = FileDescriptor.OpenDirectory(perUser);
            if (directory.GetStatus().Permissions != PerUserPermissions)
            {
                directory.SetPermissions(PerUserPermissions);
            }
        }

        return hadRoots;
    }

    /// <summary>
    /// Makes the link by which older versions of Nix find the profiles. They make it themselves only with its folder, and
    /// fail when it is there a moment after the folder was not: so it comes long after the folder.
    /// </summary>
    private void LinkProfiles()
    {
        string link = Path.Join(RootsDirectory, "profiles");
        try
        {
            File.CreateSymbolicLink(link, ProfilesDirectory);
        }
        catch (IOException) when (new FileInfo(link).LinkTarget is not null)
        {
            // Another process makes the same store.
        }
    }

    /// <summary>Gives the store directory to the group of the builders, who make their outputs in it; not where the root of
    /// a container may not, since no builder works there.</summary>
    private void ShareStoreDirectory()
    {
        if (!ProcessIdentity.IsRoot
            || (_configuration.BuildUsersGroup ?? DefaultBuildUsersGroup) is not { Length: > 0 } group
            || ProcessIdentity.FindGroup(group) is not { } groupId)
        {
            return;
        }

        using FileDescriptor? directory = RealStoreDirectory.OpenAgain();
        if (directory is null)
        {
            return;
        }

        FileStatus status = directory.GetStatus();
        if (status.UserId != 0 || status.GroupId != groupId)
        {
            if (!directory.TrySetOwner(0, groupId))
            {
                return;
            }
        }

        if (status.Permissions != SharedStorePermissions)
        {
            directory.SetPermissions(SharedStorePermissions);
        }
    }

    private void MakeReserve()
    {
        string file = Path.Join(DatabaseDirectory, "reserved");
        if (new FileInfo(file) is { Exists: true, Length: ReservedLength })
        {
            return;
        }

        // A store works without its reserve, so no error here is worth stopping for.
        using FileDescriptor reserve = new();
        if (reserve.TryOpen(file, OpenFlags.WriteOnly | OpenFlags.Create, LockFile.Permissions) == PosixError.None)
        {
            reserve.TryAllocate(ReservedLength);
        }
    }

    /// <summary>Checks the version of the schema.</summary>
    /// <returns>False when the store has none yet.</returns>
    private bool CheckSchema()
    {
        using FileDescriptor file = new();
        PosixError error = file.TryOpen(SchemaFile, OpenFlags.ReadOnly);
        if (error is PosixError.NotFound)
        {
            return false;
        }

        if (error != PosixError.None)
        {
            throw new PosixException("open", SchemaFile, (int)error);
        }

        Span<byte> bytes = stackalloc byte[MaxSchemaTextLength];
        int length = file.Read(bytes);
        for (int pause = 0; length == 0 && pause < MaxSchemaPauses; pause++)
        {
            // Nix makes the file first and writes to it a moment later.
            Thread.Sleep(SchemaPause);
            length = file.Read(bytes);
        }

        string text = EscapedText.FromBytes(bytes[..length].TrimEnd("\r\n \t"u8));
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int version))
        {
            throw new StoreException($"'{EscapedText.FromText(SchemaFile)}' is corrupt: it says '{text}'");
        }

        return version switch
        {
            StoreSchema.Version => true,
            > StoreSchema.Version => throw new StoreException(
                $"the store has schema {version}, but only {StoreSchema.Version} is supported: "
                + "it belongs to a newer Nix"),
            _ => throw new StoreException(
                $"the store has schema {version}, but only {StoreSchema.Version} is supported: "
                + "let Nix upgrade it first"),
        };
    }

    /// <summary>Says that the store has its database. Appears at once, so that nobody reads half a number.</summary>
    private void WriteSchema()
    {
        // One at a time, so that all use the same name: what a killed one leaves is there for the next to take up.
        using FileDescriptor directory = FileDescriptor.OpenDirectory(DatabaseDirectory);
        directory.Lock(LockMode.Exclusive);
        if (CheckSchema())
        {
            return;
        }

        string temporary = SchemaFile + ".tmp";
        using (FileDescriptor file = FileDescriptor.Open(
            temporary, OpenFlags.WriteOnly | OpenFlags.Create, SchemaFilePermissions))
        {
            file.Write(Encoding.ASCII.GetBytes(StoreSchema.Version.ToString(CultureInfo.InvariantCulture)));
            file.Sync();
            file.CloseChecked();
        }

        File.Move(temporary, SchemaFile, overwrite: true);
    }
}
