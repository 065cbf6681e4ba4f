using Nario.Flakes.References;
using Nario.Store;

namespace Nario.Flakes.Fetching;

/// <summary>Copies a file or folder of this machine, all of it, links as links.</summary>
internal sealed class PathFetcher(PathReference reference) : IFetcher
{
    /// <inheritdoc/>
    public DestinationRule Rule => DestinationRule.New;

    /// <inheritdoc/>
    public FetchedTree Fetch(CloneDestination place, FetchContext context)
    {
        string path = reference.Path;
        if (!path.StartsWith('/'))
        {
            throw new FlakeException($"cannot fetch input '{reference.ToPublicText()}' because it uses a relative path");
        }

        if (!Path.Exists(path) && new FileInfo(path).LinkTarget is null)
        {
            throw new FlakeException($"opening file \"{EscapedText.FromText(path)}\": No such file or directory");
        }

        if (new FileInfo(path).LinkTarget is null && IsInside(place.ParentPath, path))
        {
            throw new FlakeException(
                $"cannot clone '{reference.ToPublicText()}' into \"{place.Shown}\", which is inside of it");
        }

        return TreeCopy.Make(path, place, context.Cancellation);
    }

    private static bool IsInside(string folder, string path) =>
        RealPath.Find(folder) is { } real
        && RealPath.Find(path) is { } root
        && $"{real.TrimEnd('/')}/".StartsWith($"{root.TrimEnd('/')}/", StringComparison.Ordinal);
}
