using System.Collections.Immutable;
using Nario.Store;
using Nario.Store.Posix;

namespace Nario.Flakes.References;

/// <summary>Finds the flake and the repository that a folder is in.</summary>
internal static class FlakeFolderSearch
{
    private const string FlakeFile = "flake.nix";

    private const string GitFolder = ".git";

    /// <summary>Finds them.</summary>
    /// <param name="path">A path without links, at which something is.</param>
    /// <param name="query">What the user gave as parameters.</param>
    /// <param name="warn">Takes what was read otherwise than written.</param>
    /// <param name="notice">Is told where a flake is looked for.</param>
    /// <returns>The URL of type <c>git+file</c> or <c>path</c>.</returns>
    /// <exception cref="FlakeReferenceException">There is no flake.</exception>
    internal static FlakeUrl Find(
        string path, ImmutableSortedDictionary<string, string> query, Action<string> warn, Action<string> notice)
    {
        if (!Directory.Exists(path))
        {
            if (Path.GetFileName(path) != FlakeFile)
            {
                throw Fault($"path {Quote(path)} is not a flake (because it's not a directory)");
            }

            string folder = Path.GetDirectoryName(path)!;
            warn($"Path {Quote(path)} should point at the directory containing the 'flake.nix' file, not the file itself. "
                + $"Pretending that you meant {Quote(folder)}");
            path = folder;
        }

        string flake = FindFlake(path, notice);
        string inside = string.Empty;
        for (string? root = flake; root is not (null or "/"); root = Path.GetDirectoryName(root))
        {
            string git = Path.Join(root, GitFolder);
            if (!IsThere(git))
            {
                inside = inside.Length == 0 ? Path.GetFileName(root) : $"{Path.GetFileName(root)}/{inside}";
                continue;
            }

            FlakeUrl url = MakeUrl("git+file", root, query);
            if (inside.Length > 0)
            {
                url = !query.ContainsKey("dir")
                    ? url.WithParameter("dir", inside)
                    : throw Fault($"flake URL '{url.ToPublicText()}' has an inconsistent 'dir' parameter");
            }

            return IsThere(Path.Join(git, "shallow")) ? url.WithParameter("shallow", "1") : url;
        }

        return MakeUrl("path", flake, query);
    }

    private static string FindFlake(string path, Action<string> notice)
    {
        if (IsThere(Path.Join(path, FlakeFile)))
        {
            return path;
        }

        notice($"path {Quote(path)} does not contain a 'flake.nix', searching up");
        ulong device = DeviceOf(path);
        for (string? folder = path; folder is not (null or "/"); folder = Path.GetDirectoryName(folder))
        {
            if (IsThere(Path.Join(folder, FlakeFile)))
            {
                return folder;
            }

            if (IsThere(Path.Join(folder, GitFolder)))
            {
                throw Fault(
                    $"path {Quote(folder)} is not part of a flake (neither it nor its parent directories contain a 'flake.nix' file)");
            }

            if (DeviceOf(folder) != device)
            {
                throw Fault($"unable to find a flake before encountering filesystem boundary at {Quote(folder)}");
            }
        }

        throw Fault("could not find a flake.nix file");
    }

    private static ulong DeviceOf(string folder)
    {
        using FileDescriptor directory = FileDescriptor.Open(folder, OpenFlags.PathOnly | OpenFlags.Directory);
        return directory.GetStatus().Identity.Device;
    }

    /// <summary>Gets whether there is something, be it a link that leads nowhere.</summary>
    private static bool IsThere(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private static FlakeUrl MakeUrl(string scheme, string path, ImmutableSortedDictionary<string, string> query) =>
        FlakeUrl.OfPath(scheme, new UrlAuthority(string.Empty), path).WithQuery(query);

    private static string Quote(string path) => $"\"{EscapedText.FromText(path)}\"";

    private static FlakeReferenceException Fault(string message) => new(message, 0);
}
