using Nario.Codec;
using Nario.Store.Paths;

namespace Nario.Store.Export;

/// <summary>What to export.</summary>
public sealed record ExportRequest
{
    /// <summary>
    /// Store paths, places inside them, links to them, or any other files and folders, which are taken as sources.
    /// </summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>The version of the nario.</summary>
    public required NarioVersion Version { get; init; }

    /// <summary>Whether everything that the paths refer to is exported too.</summary>
    public bool Recursive { get; init; }

    /// <summary>Whether all valid paths of the store are exported.</summary>
    public bool All { get; init; }

    /// <summary>The name of a source in place of the base name of its file; null: the base name. Not for store paths;
    /// several sources all get it.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Whether the suffix that Nix adds to names on file systems that ignore case is taken off in sources; a store knows for
    /// itself.
    /// </summary>
    public bool StripsCaseHack { get; init; }

    /// <summary>The store directory that paths are in.</summary>
    public StoreDirectory StoreDirectory { get; init; }

    /// <summary>The folder that really holds the store's objects, so that places in it are recognised; null: none but the store directory itself.</summary>
    public string? RealStoreDirectory { get; init; }
}
