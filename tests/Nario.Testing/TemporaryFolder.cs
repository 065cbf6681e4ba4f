using System.Runtime.Versioning;
using System.Text;
using Nario.Store.Local.Trees;
using Nario.Store.Posix;

namespace Nario.Testing;

/// <summary>A folder of a test, which is deleted with all that is in it, read-only folders too.</summary>
[SupportedOSPlatform("linux")]
internal sealed class TemporaryFolder : IDisposable
{
    internal TemporaryFolder()
    {
        PublicCopy.RequireTemporaryFolder();
        Path = Directory.CreateTempSubdirectory("nario-test-").FullName;
        File.SetUnixFileMode(
            Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        Descriptor = FileDescriptor.OpenDirectory(Path);
    }

    internal string Path { get; }

    internal FileDescriptor Descriptor { get; }

    internal string Join(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Gets the paths of everything below, relative and in byte order. Links are not followed.</summary>
    internal IReadOnlyList<string> List() => ListBelow(Path);

    /// <summary>Gets the paths of everything below a folder, relative and in byte order. Links are not followed.</summary>
    internal static IReadOnlyList<string> ListBelow(string folder)
    {
        List<string> paths = [];
        AddBelow(folder, "", paths);
        paths.Sort(StringComparer.Ordinal);
        return paths;
    }

    public void Dispose()
    {
        Descriptor.Dispose();
        using FileDescriptor parent = FileDescriptor.OpenDirectory(System.IO.Path.GetDirectoryName(Path)!);
        TreeRemover.Remove(parent, Encoding.UTF8.GetBytes(System.IO.Path.GetFileName(Path)));
    }

    private static void AddBelow(string folder, string prefix, List<string> paths)
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            paths.Add(prefix + entry.Name);
            if (entry is DirectoryInfo && entry.LinkTarget is null)
            {
                AddBelow(entry.FullName, $"{prefix}{entry.Name}/", paths);
            }
        }
    }
}
