using Nario.Store.Paths;

namespace Nario.Store.Export;

/// <summary>What an export has written.</summary>
public sealed record ExportResult
{
    /// <summary>Gets how many paths there are in the nario.</summary>
    public required int PathCount { get; init; }

    /// <summary>Gets how many paths the exported ones refer to that are not exported: a store that imports the nario
    /// must have them.</summary>
    public required int MissingReferenceCount { get; init; }

    /// <summary>Gets the files and folders that were exported as sources, as the caller named them, and their
    /// paths.</summary>
    public required IReadOnlyList<(string File, StorePath Path)> Sources { get; init; }
}
