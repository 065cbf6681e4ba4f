using System.Diagnostics;
using Nario.Flakes.Fetching;
using Nario.Flakes.References;
using Nario.Store;
using Nario.Store.Hashes;
using Nario.Store.Pipeline;

namespace Nario.Flakes;

/// <summary>Puts what a flake reference names into a folder.</summary>
/// <param name="options">How.</param>
/// <param name="log">Takes messages.</param>
public sealed class FlakeCloner(CloneOptions options, IMessageLog log)
{
    /// <summary>Clones. The destination appears when all is fetched and checked, or not at all.</summary>
    /// <param name="reference">A reference that is not indirect.</param>
    /// <param name="destination">Where it goes; relative to the current folder of the host.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="PinMismatchException">It is not what the reference pins.</exception>
    /// <exception cref="StoreException">It cannot be fetched or put there.</exception>
    public CloneResult Clone(FlakeReference reference, string destination, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentException.ThrowIfNullOrEmpty(destination);
        FetchContext context = new(options, log, cancellation);
        IFetcher fetcher = reference switch
        {
            PathReference path => new PathFetcher(path),
            GitReference git => new GitFetcher(git, git),
            ForgeReference forge => new GitFetcher(forge.ToGit(), forge),
            MercurialReference mercurial => new MercurialFetcher(mercurial),
            TarballReference tarball => new DownloadFetcher(tarball.Url, isArchive: true),
            FileReference file => new DownloadFetcher(file.Url, isArchive: false),
            IndirectReference indirect => throw new FlakeException(
                $"'{indirect.ToPublicText()}' is an indirect flake reference, but registry lookups are not allowed"),
            _ => throw new UnreachableException(),
        };
        using CloneDestination place = CloneDestination.Prepare(destination, options.Host.CurrentDirectory, fetcher.Rule);
        FetchedTree tree = fetcher.Fetch(place, context);
        NixHash? hash = Check(reference, tree);
        cancellation.ThrowIfCancellationRequested();
        place.Complete(tree.Place);
        return new CloneResult(reference, hash, tree.Immutable);
    }

    private NixHash? Check(FlakeReference reference, FetchedTree tree)
    {
        CheckPin(reference, "rev", reference.Rev, tree.Rev);
        CheckPin(reference, "lastModified", FlakeUrl.PrintNumber(reference.LastModified), FlakeUrl.PrintNumber(tree.LastModified));
        CheckPin(reference, "revCount", FlakeUrl.PrintNumber(reference.RevCount), FlakeUrl.PrintNumber(tree.RevCount));
        if (reference.NarHash is null && !options.ComputesHash)
        {
            return null;
        }

        NixHash hash = tree.ComputeHash();
        return reference.NarHash is not { } expected || expected == hash
            ? hash
            : throw PinMismatchException.OfHash(reference, expected.ToSri(), hash.ToSri());
    }

    private void CheckPin(FlakeReference reference, string attribute, string? expected, string? actual)
    {
        if (expected is null || expected == actual)
        {
            return;
        }

        if (actual is not null)
        {
            throw PinMismatchException.Of(reference, attribute, expected, actual);
        }

        log.Write(
            MessageLevel.Warning,
            $"'{attribute}' of input '{reference.ToPublicText()}' is not checked: nothing that was fetched tells it");
    }
}
