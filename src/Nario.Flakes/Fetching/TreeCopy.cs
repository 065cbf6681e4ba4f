using Nario.Store.Hashes;
using Nario.Store.Local.Trees;
using Nario.Store.Pipeline;

namespace Nario.Flakes.Fetching;

/// <summary>Trees in the staging folder, made of trees on the disk.</summary>
internal static class TreeCopy
{
    /// <summary>Copies a tree.</summary>
    /// <param name="path">A file, folder or link.</param>
    /// <param name="place">Where to.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="Nario.Store.StoreException">It cannot be copied.</exception>
    internal static FetchedTree Make(string path, CloneDestination place, CancellationToken cancellation)
    {
        using TreeRestorer restorer = new(metadata: TreeMetadata.OfUser);
        restorer.Begin(place.Tree);
        TreeWalker.Walk(path, new CancellableSink(restorer, cancellation));
        StagedPlace staged = restorer.RootKind == RestoredRootKind.Directory ? StagedPlace.Tree : StagedPlace.EntryOfTree;
        return new FetchedTree(staged, () => ComputeHash(place, staged, cancellation));
    }

    /// <summary>Computes the hash of the NAR of a tree in the staging folder.</summary>
    internal static NixHash ComputeHash(CloneDestination place, StagedPlace staged, CancellationToken cancellation) =>
        NarDigest.Of(sink => place.ReadTree(staged, sink), cancellation).Hash;
}
