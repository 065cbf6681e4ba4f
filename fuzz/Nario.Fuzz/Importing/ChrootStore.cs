using System.Diagnostics;
using System.Text;
using Nario.Codec;
using Nario.Fuzz.Seeds;
using Nario.Store;
using Nario.Store.Configuration;
using Nario.Store.Export;
using Nario.Store.Hashes;
using Nario.Store.Import;
using Nario.Store.Local;
using Nario.Store.Paths;
using Nario.Store.Pipeline;
using Nario.Store.Signatures;

namespace Nario.Fuzz.Importing;

/// <summary>
/// A store of its own in a folder of its own, in memory where the system has such a place; beside it lie files that
/// nothing may touch. It can be emptied for the next run.
/// </summary>
internal sealed class ChrootStore : IDisposable
{
    private const string MemoryFolder = "/dev/shm";
    private const string DatabaseName = "db.sqlite";
    private const string CollectorLockName = "gc.lock";
    private const string LinksName = ".links";

    private static readonly NixConfiguration Configuration = NixConfiguration.Default with
    {
        UseSqliteWriteAheadLog = false,
        SynchronizeMetadata = false,
        BuildUsersGroup = string.Empty,
    };

    private static readonly TrustedKeys Keys = new([Samples.Key.PublicKey]);

    private readonly string _sandbox;
    private readonly byte[] _database;
    private readonly List<string> _surroundings;

    /// <summary>Makes the store, empty.</summary>
    public ChrootStore()
    {
        string parent = Directory.Exists(MemoryFolder) ? MemoryFolder : Path.GetTempPath();
        _sandbox = Path.Join(parent, $"nario-fuzz-{Environment.ProcessId}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path.Join(_sandbox, "outside"));
        File.WriteAllText(Path.Join(_sandbox, "outside", "file"), "not to be changed");
        File.CreateSymbolicLink(Path.Join(_sandbox, "outside", "link"), "file");
        Open(StoreAccess.ReadAndWrite).Dispose();
        _database = File.ReadAllBytes(DatabaseFile);
        _surroundings = ListSurroundings();
    }

    private string StoreFolder => Path.Join(_sandbox, "root/nix/store");

    private string StateFolder => Path.Join(_sandbox, "root/nix/var/nix");

    private string DatabaseFile => Path.Join(StateFolder, "db", DatabaseName);

    /// <summary>Makes the store empty again.</summary>
    public void Reset()
    {
        foreach (string entry in ListStore())
        {
            DeleteAny(entry);
        }

        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(DatabaseFile)!, DatabaseName + "-*"))
        {
            File.Delete(file);
        }

        File.WriteAllBytes(DatabaseFile, _database);
    }

    /// <summary>Imports a nario.</summary>
    /// <param name="input">The nario.</param>
    /// <param name="checksSignatures">Whether a path must be signed or prove its content address.</param>
    /// <returns>The error; null when all of it was imported.</returns>
    public Exception? Import(Stream input, bool checksSignatures)
    {
        using LocalStore store = Open(StoreAccess.ReadAndWrite);
        ImportOptions options = new() { CheckSignatures = checksSignatures, TrustedKeys = Keys };
        try
        {
            using NarioReader reader = NarioReader.Open(input);
            new NarioImporter(store, options, new QuietLog()).Import(reader, null, CancellationToken.None);
            return null;
        }
        catch (Exception error) when (error is NarioFormatException or StoreException)
        {
            return error;
        }
    }

    /// <summary>Exports all paths of the store.</summary>
    /// <param name="version">The version of the nario.</param>
    public byte[] ExportAll(NarioVersion version)
    {
        ExportRequest request =
            new() { Paths = [], All = true, Version = version, StoreDirectory = StoreDirectory.Default };
        using MemoryStream output = new();
        NarioExporter.Export(request, () => Open(StoreAccess.Read), output, new QuietLog(), CancellationToken.None);
        return output.ToArray();
    }

    /// <summary>Gets a path where a file may be made for as long as nothing is checked.</summary>
    /// <param name="name">The name of the file.</param>
    public string GetPlaceOutside(string name) => Path.Join(_sandbox, name);

    /// <summary>Checks that the store is whole, that nothing is left behind in it and nothing outside has changed.</summary>
    /// <returns>What the store knows of its paths, sorted by path.</returns>
    public IReadOnlyList<ValidPathInfo> Check()
    {
        using (LocalStore store = Open(StoreAccess.Read))
        {
            StorePath[] paths = [.. store.QueryAllValidPaths().Order()];
            List<ValidPathInfo> infos = [];
            foreach (StorePath path in paths)
            {
                ValidPathInfo info = store.QueryPathInfo(path)!;
                CheckTree(store, info);
                FindingException.Unless(
                    info.References.All(store.IsValidPath), $"'{path}' is valid, and something that it refers to is not");
                FindingException.Unless(!info.Ultimate, $"'{path}' is said to be built by the store itself");
                infos.Add(info);
            }

            IEnumerable<string> names = ListStore().Select(static entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal);
            FindingException.Unless(
                names.SequenceEqual(paths.Select(static path => path.BaseName)),
                $"the store holds {string.Join(", ", names)}, and its valid paths are {string.Join(", ", paths.AsEnumerable())}");
            foreach (string entry in ListStore())
            {
                CheckAllMetadata(entry);
            }

            List<string> surroundings = ListSurroundings();
            string[] changed = [.. surroundings.Except(_surroundings), .. _surroundings.Except(surroundings)];
            FindingException.Unless(changed.Length == 0, $"something outside the store changed: {string.Join(", ", changed)}");
            return infos;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => DeleteAny(_sandbox);

    private static void CheckTree(LocalStore store, ValidPathInfo info)
    {
        (NixHash hash, ulong size) = NarDigest.Of(sink => store.ReadTree(info.Path, sink), CancellationToken.None);
        FindingException.Unless(size == info.NarSize, $"'{info.Path}' has another size than is registered");
        FindingException.Unless(hash == info.NarHash, $"'{info.Path}' has another hash than is registered");
    }

    private static void CheckMetadata(FileSystemInfo item)
    {
        if (item.Name.Contains((char)Rune.ReplacementChar.Value, StringComparison.Ordinal))
        {
            // A name that is not UTF-8 finds another file from here, or none.
            return;
        }

        FindingException.Unless(
            item.LastWriteTimeUtc == DateTime.UnixEpoch.AddSeconds(1), $"the time of '{item.Name}' is not the one of stores");
        const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        FindingException.Unless(
            item.LinkTarget is not null || (item.UnixFileMode & ~Executable) == Readable,
            $"the permissions of '{item.Name}' are not those of stores");
    }

    private static void DeleteAny(string path)
    {
        try
        {
            Delete(path);
        }
        catch (IOException)
        {
            // Names that are not UTF-8 cannot be deleted from here, and only root deletes from a folder that is read-only.
            using Process remover = Process.Start("sh", ["-c", "chmod -R u+rwx -- \"$0\" && rm -rf -- \"$0\"", path]);
            remover.WaitForExit();
            FindingException.Unless(remover.ExitCode == 0, $"'{path}' cannot be deleted");
        }
    }

    private static void Delete(string path)
    {
        FileInfo item = new(path);
        if (item.LinkTarget is null && Directory.Exists(path))
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            foreach (string entry in Directory.EnumerateFileSystemEntries(path))
            {
                Delete(entry);
            }

            Directory.Delete(path);
        }
        else
        {
            item.Delete();
        }
    }

    private LocalStore Open(StoreAccess access) => LocalStore.Open(
        new StoreLocation
        {
            StoreDirectory = StoreDirectory.Default,
            RealStoreDirectory = StoreFolder,
            StateDirectory = StateFolder,
            LogDirectory = Path.Join(_sandbox, "root/nix/var/log/nix"),
        },
        Configuration,
        access);

    private IEnumerable<string> ListStore() =>
        Directory.EnumerateFileSystemEntries(StoreFolder).Where(static entry => Path.GetFileName(entry) != LinksName);

    /// <summary>Lists everything but the objects and what a store keeps its books in, with what would show a
    /// change.</summary>
    private List<string> ListSurroundings()
    {
        List<string> list = [];
        Queue<DirectoryInfo> folders = new([new DirectoryInfo(_sandbox)]);
        while (folders.TryDequeue(out DirectoryInfo? folder))
        {
            foreach (FileSystemInfo item in folder.EnumerateFileSystemInfos())
            {
                if (item.Name.StartsWith(DatabaseName, StringComparison.Ordinal) || item.Name == CollectorLockName)
                {
                    continue;
                }

                string content = item is FileInfo { LinkTarget: null } file
                    ? $"{file.Length} bytes at {file.LastWriteTimeUtc.Ticks}"
                    : item.LinkTarget ?? string.Empty;
                list.Add($"{item.FullName}: {item.UnixFileMode}, {content}");
                if (item is DirectoryInfo { LinkTarget: null } inner && inner.FullName != StoreFolder)
                {
                    folders.Enqueue(inner);
                }
            }
        }

        return list;
    }

    private static void CheckAllMetadata(string path)
    {
        FileInfo item = new(path);
        if (item.LinkTarget is null && Directory.Exists(path))
        {
            CheckMetadata(new DirectoryInfo(path));
            foreach (string entry in Directory.EnumerateFileSystemEntries(path))
            {
                CheckAllMetadata(entry);
            }
        }
        else
        {
            CheckMetadata(item);
        }
    }
}
