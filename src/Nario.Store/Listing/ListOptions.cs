using Nario.Store.Paths;

namespace Nario.Store.Listing;

/// <summary>What a list of a nario shows, and how.</summary>
public sealed record ListOptions
{
    /// <summary>Whether the list is JSON, not text.</summary>
    public bool Json { get; init; }

    /// <summary>Whether the files of each path are shown.</summary>
    public bool Recursive { get; init; }

    /// <summary>Whether files are shown with their permissions, sizes and link targets; for text with
    /// <see cref="Recursive"/> only.</summary>
    public bool Detailed { get; init; }

    /// <summary>Whether JSON is spread over several lines.</summary>
    public bool Indented { get; init; }

    /// <summary>The store directory of paths whose nario does not say in which one they are.</summary>
    public StoreDirectory StoreDirectory { get; init; }

    /// <summary>Whether characters from the nario that could steer a terminal are escaped.</summary>
    public bool ForTerminal { get; init; }
}
