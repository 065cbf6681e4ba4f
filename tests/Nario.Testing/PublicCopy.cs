using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nario.Testing;

/// <summary>
/// Files that every user can read, for tests of root that work as another user: where only root reaches the originals,
/// as in a clone below <c>/root</c>, they are copied to a place of their own, which goes with this process.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class PublicCopy
{
    private const string TemporaryVariable = "TMPDIR";

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly string[] TemporaryFolders = ["/tmp", "/var/tmp", "/dev/shm"];

    private static readonly Lazy<(string Path, Process Remover)> Place = new(MakePlace);

    private static readonly Lazy<bool> HasPublicTemporaryFolder = new(ChooseTemporaryFolder);

    private static readonly Lazy<bool> HasLoadedAll = new(LoadAll);

    /// <summary>Gets a folder whose files every user can read: the original or a copy.</summary>
    /// <param name="folder">The original.</param>
    /// <param name="parts">The files and folders in it that are needed; none: all.</param>
    internal static string Of(string folder, params string[] parts)
    {
        string[] originals = parts.Length == 0 ? [folder] : [.. parts.Select(part => Path.Join(folder, part))];
        if (RootRequirement.SkipReason is not null || Array.TrueForAll(originals, IsReadable))
        {
            return folder;
        }

        RequireTemporaryFolder();
        string copy = Path.Join(Place.Value.Path, Guid.NewGuid().ToString("N"));
        foreach (string original in originals)
        {
            Copy(original, Path.Join(copy, Path.GetRelativePath(folder, original)));
        }

        return copy;
    }

    /// <summary>
    /// Makes sure that <c>TMPDIR</c>, here and in the programs that tests start, is a folder in which every user can work,
    /// if there is one.
    /// </summary>
    internal static void RequireTemporaryFolder() => _ = HasPublicTemporaryFolder.Value;

    /// <summary>
    /// Loads everything now that this process may load later, on a thread of a user who cannot read it. Each file that is
    /// loaded takes a descriptor, so that what that user can read is left for later.
    /// </summary>
    internal static void LoadProgram() => _ = HasLoadedAll.Value;

    /// <summary>Asks the kernel, as another user: modes, access lists and links on the way all count.</summary>
    private static bool IsReadable(string path) => Try(() =>
    {
        if (File.Exists(path))
        {
            File.OpenHandle(path).Dispose();
            return;
        }

        foreach (string file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
        {
            File.OpenHandle(file).Dispose();
        }
    });

    private static bool Try(Action action)
    {
        bool isDone = false;
        OwnThread.RunBareAsNobody(() =>
        {
            try
            {
                action();
                isDone = true;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It cannot.
            }
        });
        return isDone;
    }

    private static void Copy(string source, string target)
    {
        if (File.Exists(source))
        {
            MakeFolder(Path.GetDirectoryName(target)!);
            File.Copy(source, target);
            bool isExecutable = File.GetUnixFileMode(target).HasFlag(UnixFileMode.UserExecute);
            File.SetUnixFileMode(target, isExecutable ? Readable | Executable : Readable);
            return;
        }

        foreach (string entry in Directory.EnumerateFileSystemEntries(source))
        {
            Copy(entry, Path.Join(target, Path.GetFileName(entry)));
        }
    }

    /// <summary>Makes a folder, and those that it lies in below the place of the copies, for every user to enter.</summary>
    private static void MakeFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            MakeFolder(Path.GetDirectoryName(folder)!);
            Directory.CreateDirectory(folder);
            File.SetUnixFileMode(folder, Readable | Executable | UnixFileMode.UserWrite);
        }
    }

    /// <summary>Makes the folder of the copies, and starts what removes it once this process has ended, killed or not.</summary>
    private static (string Path, Process Remover) MakePlace()
    {
        string place = Directory.CreateTempSubdirectory("nario-test-copy-").FullName;
        File.SetUnixFileMode(place, Readable | Executable | UnixFileMode.UserWrite);
        ProcessStartInfo start = new(
            "/bin/sh", ["-c", "trap '' HUP INT TERM; exec > /dev/null 2>&1; read -r _; rm -rf -- \"$0\"", place])
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };

        // As long as that is kept, so is the end of its pipe.
        return (place, Process.Start(start)!);
    }

    private static bool ChooseTemporaryFolder()
    {
        string? folder = RootRequirement.SkipReason is not null
            ? null
            : ((string[])[Path.GetTempPath(), .. TemporaryFolders]).FirstOrDefault(static folder => Try(() =>
                Directory.Delete(Directory.CreateDirectory(Path.Join(folder, $"nario-test-{Guid.NewGuid():N}")).FullName)));
        if (folder is not null && folder != Path.GetTempPath())
        {
            Environment.SetEnvironmentVariable(TemporaryVariable, folder);
        }

        return folder is not null;
    }

    private static bool LoadAll()
    {
        IEnumerable<string> libraries = GetPaths("NATIVE_DLL_SEARCH_DIRECTORIES").Where(Directory.Exists)
            .SelectMany(static folder => Directory.EnumerateFiles(folder, "lib*.so")).Where(IsLoadedLate);
        foreach (IGrouping<string?, string> folder in GetPaths("TRUSTED_PLATFORM_ASSEMBLIES").Concat(libraries)
            .GroupBy(static file => Path.GetDirectoryName(file)).Where(static files => !IsReadable(files.First())))
        {
            foreach (string file in folder)
            {
                if (file.EndsWith(".dll", StringComparison.Ordinal))
                {
                    _ = Assembly.Load(AssemblyName.GetAssemblyName(file));
                }
                else
                {
                    _ = NativeLibrary.Load(file);
                }
            }
        }

        return true;
    }

    /// <summary>Gets whether a native library is one of those that are loaded when they are called first, unlike the parts of
    /// the runtime itself.</summary>
    private static bool IsLoadedLate(string file) =>
        !file.StartsWith(RuntimeEnvironment.GetRuntimeDirectory(), StringComparison.Ordinal)
        || Path.GetFileName(file).StartsWith("libSystem.", StringComparison.Ordinal);

    private static string[] GetPaths(string key) => ((string?)AppContext.GetData(key) ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
}
