using Nario.Flakes.References;
using Nario.Store;

namespace Nario.Flakes.Fetching;

/// <summary>Fetches the tree of a commit of Mercurial with the program <c>hg</c>, without its history.</summary>
internal sealed class MercurialFetcher(MercurialReference reference) : IFetcher
{
    private const string Program = "hg";

    private const string DefaultBranch = "default";

    private const string RepositoryName = "repository";

    private const string ArchiveName = "archive";

    private const string ArchiveNote = ".hg_archival.txt";

    /// <inheritdoc/>
    public DestinationRule Rule => DestinationRule.New;

    /// <inheritdoc/>
    public FetchedTree Fetch(CloneDestination place, FetchContext context)
    {
        ExternalProgram hg = new(Program, context);
        hg.SetVariable("HGPLAIN", string.Empty);
        (string location, bool isLocal) = FindLocation(context);
        string archive = Path.Join(place.StagingPath, ArchiveName);
        string? rev = null;
        if (isLocal && reference is { Ref: null, Rev: null } && IsDirty(hg, location))
        {
            context.Warn($"'{EscapedText.FromText(location)}' has changes that no commit has: its files are taken as they are");
            Archive(hg, location, "wdir()", archive);
        }
        else
        {
            string repository = Path.Join(place.StagingPath, RepositoryName);
            hg.Run("clone", "--noupdate", "--", location, repository);
            rev = hg.Ask("-R", repository, "log", "-r", reference.Rev ?? reference.Ref ?? DefaultBranch, "--template", "{node}")
                ?? throw new FlakeException(
                    $"there is no '{reference.Rev ?? reference.Ref ?? DefaultBranch}' in '{reference.ToPublicText()}'");
            Archive(hg, repository, rev, archive);
        }

        File.Delete(Path.Join(archive, ArchiveNote));
        return TreeCopy.Make(archive, place, context.Cancellation) with { Rev = rev };
    }

    private static bool IsDirty(ExternalProgram hg, string repository) =>
        hg.Ask("-R", repository, "status", "--modified", "--added", "--removed", "--deleted") is { Length: > 0 };

    private static void Archive(ExternalProgram hg, string repository, string revision, string target) =>
        hg.Run("-R", repository, "archive", "-r", revision, "--", target);

    private (string Location, bool IsLocal) FindLocation(FetchContext context)
    {
        FlakeUrl url = reference.Url;
        if (url.Scheme != "file")
        {
            if (url.Authority is not { Host: [not '-', ..] })
            {
                throw new FlakeException($"'{reference.ToPublicText()}' does not name a host");
            }

            context.RequireNetwork(reference.ToPublicText());
            return (url.ToString(), false);
        }

        string path = url.GetFilePath();
        return path.StartsWith('/')
            ? (path, true)
            : throw new FlakeException($"cannot fetch input '{reference.ToPublicText()}' because it uses a relative path");
    }
}
