using System.Globalization;
using Nario.Flakes.References;
using Nario.Store;
using Nario.Store.Pipeline;

namespace Nario.Flakes.Fetching;

/// <summary>Clones a repository with the program <c>git</c>, as a working copy with its history.</summary>
/// <param name="reference">The repository.</param>
/// <param name="named">The reference that the user knows, for messages.</param>
internal sealed class GitFetcher(GitReference reference, FlakeReference named) : IFetcher
{
    private const string Program = "git";

    private const string AllowedTransports = "file:git:http:https:ssh";

    private const string TransportVariable = "GIT_ALLOW_PROTOCOL";

    private const string CloningLine = "Cloning into ";

    /// <summary>What would make git work on another repository than the one that it is told.</summary>
    private static readonly string[] RepositoryVariables =
    [
        "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_SHALLOW_FILE",
        "GIT_GRAFT_FILE", "GIT_REPLACE_REF_BASE", "GIT_NO_REPLACE_OBJECTS",
    ];

    /// <inheritdoc/>
    public DestinationRule Rule => DestinationRule.NewOrEmpty;

    /// <inheritdoc/>
    public FetchedTree Fetch(CloneDestination place, FetchContext context)
    {
        RefuseWhatCannotBeChecked();
        WarnOfWhatHasNoEffect(context);
        string location = FindLocation(context);
        ExternalProgram git = new(Program, context)
        {
            // It names the folder that is renamed in the end.
            IsSuppressed = static line => line.StartsWith(CloningLine, StringComparison.Ordinal),
        };
        Prepare(git, context);
        context.Options.ShowProgramLine($"{CloningLine}'{place.Shown}'...", false);
        git.Run(
        [
            "-c", "advice.detachedHead=false", "clone", .. context.Options.ShowsProgress ? (string[])["--progress"] : [],
            .. reference.Ref is { } name ? (string[])[$"--branch={name}"] : [], "--", location, place.TreePath,
        ]);
        if (reference.Rev is { } rev)
        {
            CheckOut(git, place.TreePath, rev);
        }

        string? head = Ask(git, place, "rev-parse", "--verify", "--quiet", "HEAD^{commit}");
        return new FetchedTree(
            StagedPlace.Tree,
            () => NarDigest.Of(sink => GitTree.Read(git, place.TreePath, sink), context.Cancellation).Hash)
        {
            Rev = head,
            LastModified = reference.LastModified is null
                ? null
                : ParseNumber(Ask(git, place, "log", "-1", "--no-show-signature", "--format=%ct", "HEAD")),
            RevCount = reference.RevCount is null ? null : ParseNumber(Ask(git, place, "rev-list", "--count", "HEAD")),
        };
    }

    private static void Prepare(ExternalProgram git, FetchContext context)
    {
        foreach (string variable in RepositoryVariables)
        {
            git.SetVariable(variable, null);
        }

        // Helpers such as ext:: run what a URL says. Who allows more has said so.
        git.SetVariable(TransportVariable, context.Options.Host.GetVariable(TransportVariable) ?? AllowedTransports);
    }

    private static string? Ask(ExternalProgram git, CloneDestination place, params string[] arguments) =>
        git.Ask(["-C", place.TreePath, .. arguments]);

    private static ulong? ParseNumber(string? text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : null;

    /// <summary>Checks a commit out, unless it is there already, on a branch perhaps.</summary>
    private static void CheckOut(ExternalProgram git, string tree, string rev)
    {
        string? head = git.Ask("-C", tree, "rev-parse", "--verify", "--quiet", "HEAD^{commit}");
        if (head == rev)
        {
            return;
        }

        if (git.Ask("-C", tree, "rev-parse", "--verify", "--quiet", $"{rev}^{{commit}}") != rev)
        {
            // A commit that no branch has; some servers give it all the same.
            git.Run("-C", tree, "fetch", "--no-recurse-submodules", "origin", rev);
        }

        git.Run(
            "-C", tree, "-c", "advice.detachedHead=false", "checkout", "--quiet", "--no-recurse-submodules", "--detach", rev);
    }

    private void RefuseWhatCannotBeChecked()
    {
        if (reference.VerifyCommit || reference.KeyType is not null || reference.PublicKey is not null
            || reference.PublicKeys is not null)
        {
            throw new FlakeException(
                $"cannot clone '{named.ToPublicText()}': the signature of a commit cannot be verified here");
        }

        string? parameter = reference switch
        {
            { Submodules: true } => "submodules",
            { Lfs: true } => "lfs",
            { ExportIgnore: true } => "exportIgnore",
            _ => null,
        };
        if (parameter is not null && reference.NarHash is not null)
        {
            throw new FlakeException(
                $"cannot check 'narHash' of input '{named.ToPublicText()}': with '{parameter}=1' it is not the hash of the commit");
        }
    }

    private void WarnOfWhatHasNoEffect(FetchContext context)
    {
        foreach ((string name, bool isSet) in (ReadOnlySpan<(string, bool)>)
        [
            ("shallow", reference.Shallow), ("submodules", reference.Submodules), ("lfs", reference.Lfs),
            ("exportIgnore", reference.ExportIgnore), ("allRefs", reference.AllRefs),
        ])
        {
            if (isSet)
            {
                context.Warn($"'{name}=1' has no effect on a clone");
            }
        }
    }

    /// <summary>Gets what git clones from.</summary>
    private string FindLocation(FetchContext context)
    {
        FlakeUrl url = reference.Url;
        switch (url.Scheme)
        {
            case "http" or "https" or "ssh" or "git":
                if (url.Authority is not { Host: [not '-', ..] })
                {
                    throw new FlakeException($"'{named.ToPublicText()}' does not name a host");
                }

                context.RequireNetwork(named.ToPublicText());
                return url.ToString();
            case "file":
                break;
            default:
                throw new FlakeException(
                    $"cannot clone '{named.ToPublicText()}': git over '{EscapedText.FromText(url.Scheme)}' is not supported");
        }

        string path = url.GetFilePath();
        if (!path.StartsWith('/'))
        {
            throw new FlakeException($"cannot fetch input '{named.ToPublicText()}' because it uses a relative path");
        }

        if (!Path.Exists(path))
        {
            throw new FlakeException($"The path '{EscapedText.FromText(path)}' does not exist.");
        }

        // As Nix: what has a folder .git is cloned by its path, anything else is taken for a bare repository.
        return Path.Exists(Path.Join(path, ".git"))
            ? path
            : FlakeUrl.OfPath("file", new UrlAuthority(string.Empty), path).ToString();
    }
}
