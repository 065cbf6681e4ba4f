using Nario.Flakes.References;
using Nario.Store.Hashes;

namespace Nario.Flakes.Fetching;

/// <summary>A tree that was fetched, and what was learned about it.</summary>
/// <param name="Place">Where in the staging folder it is.</param>
/// <param name="ComputeHash">Computes the hash of its NAR.</param>
internal sealed record FetchedTree(StagedPlace Place, Func<NixHash> ComputeHash)
{
    /// <summary>Gets the commit, or null when nothing tells it.</summary>
    public string? Rev { get; init; }

    /// <summary>Gets how many commits lead to it, or null when nothing tells it.</summary>
    public ulong? RevCount { get; init; }

    /// <summary>Gets when it changed, in seconds since 1970; or null when nothing tells it.</summary>
    public ulong? LastModified { get; init; }

    /// <summary>Gets the reference under which the server keeps this very tree, or null.</summary>
    public FlakeReference? Immutable { get; init; }
}
