using System.Globalization;
using System.Text;
using Nario.Store.Posix;

namespace Nario.Store.Local.Locks;

/// <summary>
/// Keeps the collector from deleting paths that this process is about to add: they are listed in the file
/// <c>temproots/&lt;process id&gt;</c>, which stays locked as long as the list counts.
/// </summary>
/// <remarks>
/// One file per process, whatever the number of stores that it has open in the same place. A collector that runs already
/// has read the files, so its end is waited for. It can be told of a path through its socket, but that is too late for a
/// path that it has found to be garbage before and not deleted yet.
/// </remarks>
internal sealed class TempRoots : IDisposable
{
    /// <summary>The folder of such files, in the state directory.</summary>
    public const string DirectoryName = "temproots";

    private static readonly Lock RegistryLock = new();
    private static readonly Dictionary<FileIdentity, TempRoots> Registry = [];

    private readonly Lock _lock = new();
    private readonly string _stateDirectory;
    private readonly FileDescriptor _directory;
    private readonly FileIdentity _identity;
    private readonly byte[] _name;
    private FileDescriptor? _collectorLock;
    private FileDescriptor? _file;
    private int _users;

    private TempRoots(string stateDirectory, FileDescriptor directory, FileIdentity identity)
    {
        _stateDirectory = stateDirectory;
        _directory = directory;
        _identity = identity;
        _name = Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Gets the roots of this process for a store. The file is made with the first root.</summary>
    /// <param name="stateDirectory">The state directory of the store.</param>
    /// <returns>The roots, to be disposed.</returns>
    /// <exception cref="PosixException">The directory for such files cannot be opened.</exception>
    public static TempRoots Open(string stateDirectory)
    {
        lock (RegistryLock)
        {
            FileDescriptor directory = FileDescriptor.OpenDirectory(Path.Join(stateDirectory, DirectoryName));
            FileIdentity identity = directory.GetStatus().Identity;
            if (Registry.TryGetValue(identity, out TempRoots? roots))
            {
                directory.Dispose();
            }
            else
            {
                roots = new TempRoots(stateDirectory, directory, identity);
                Registry.Add(identity, roots);
            }

            roots._users++;
            return roots;
        }
    }

    /// <summary>Keeps a path until this is disposed, after a collector that runs has ended.</summary>
    /// <param name="fullPath">The path as the database spells it.</param>
    /// <exception cref="PosixException">The file cannot be written.</exception>
    public void Add(string fullPath)
    {
        lock (_lock)
        {
            _file ??= LockFileFor(_name);
            _collectorLock ??= CollectorLock.Open(_stateDirectory);
            _collectorLock.Lock(LockMode.Shared);
            try
            {
                _file.Write(Encoding.UTF8.GetBytes(fullPath + '\0'));
            }
            finally
            {
                _collectorLock.Unlock();
            }
        }
    }

    /// <summary>Gives up this use; the last one deletes the file.</summary>
    public void Dispose()
    {
        lock (RegistryLock)
        {
            if (--_users > 0)
            {
                return;
            }

            Registry.Remove(_identity);
            try
            {
                if (_file is not null)
                {
                    _directory.Unlink(_name);
                }
            }
            finally
            {
                _file?.Dispose();
                _collectorLock?.Dispose();
                _directory.Dispose();
            }
        }
    }

    private FileDescriptor LockFileFor(ReadOnlySpan<byte> name)
    {
        // What a dead process of the same number has left.
        _directory.Unlink(name);
        return LockFile.OpenLocked(_directory, name);
    }
}
