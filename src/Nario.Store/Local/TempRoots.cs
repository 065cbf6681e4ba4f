using System.Globalization;
using System.Text;
using Nario.Store.Posix;

namespace Nario.Store.Local;

/// <summary>
/// Keeps the collector from deleting paths that this process is about to add: they are listed in the file
/// <c>temproots/&lt;process id&gt;</c>, which stays locked as long as the list counts.
/// </summary>
/// <remarks>
/// One file per process, whatever the number of stores that it has open in the same place. When the collector runs
/// already, it has read the files, and is told through its socket.
/// </remarks>
internal sealed class TempRoots : IDisposable
{
    private const string DirectoryName = "temproots";
    private const string CollectorSocketDirectoryName = "gc-socket";
    private const string CollectorSocketName = "socket";

    /// <summary>How long to wait when the collector has just begun or ended.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

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

    /// <summary>Keeps a path until this is disposed.</summary>
    /// <param name="fullPath">The path as the database spells it.</param>
    /// <exception cref="PosixException">The file cannot be written.</exception>
    public void Add(string fullPath)
    {
        lock (_lock)
        {
            _file ??= LockFileFor(_name);
            _collectorLock ??= CollectorLock.Open(_stateDirectory);
            while (!TryAdd(fullPath))
            {
                Thread.Sleep(RetryDelay);
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

    private bool TryAdd(string fullPath)
    {
        bool locked = _collectorLock!.TryLock(LockMode.Shared);
        try
        {
            if (!locked && !TryTellCollector(fullPath))
            {
                return false;
            }

            _file!.Write(Encoding.UTF8.GetBytes(fullPath + '\0'));
            return true;
        }
        finally
        {
            if (locked)
            {
                _collectorLock!.Unlock();
            }
        }
    }

    /// <summary>Tells the running collector of a path; it answers once the path is safe.</summary>
    /// <returns>False when the collector is not there (yet, or any more).</returns>
    private bool TryTellCollector(string fullPath)
    {
        using FileDescriptor directory = new();
        if (directory.TryOpen(
            Path.Join(_stateDirectory, CollectorSocketDirectoryName), OpenFlags.ReadOnly | OpenFlags.Directory)
            != PosixError.None)
        {
            return false;
        }

        using FileDescriptor connection = new();
        PosixError error = UnixSocket.TryConnect(directory, CollectorSocketName, connection);
        if (error is PosixError.NotFound or PosixError.ConnectionRefused)
        {
            return false;
        }

        if (error != PosixError.None)
        {
            throw new PosixException(
                "connect to", Path.Join(_stateDirectory, CollectorSocketDirectoryName), (int)error);
        }

        try
        {
            connection.Write(Encoding.UTF8.GetBytes(fullPath + '\n'));
            Span<byte> answer = stackalloc byte[1];
            if (connection.Read(answer) == 0)
            {
                return false;
            }

            return answer[0] == (byte)'1'
                ? true
                : throw new StoreException("the garbage collector gave an answer that is not understood");
        }
        catch (PosixException exception)
            when ((PosixError)exception.ErrorNumber is PosixError.BrokenPipe or PosixError.ConnectionReset)
        {
            return false;
        }
    }
}
