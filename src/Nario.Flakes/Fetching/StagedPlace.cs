namespace Nario.Flakes.Fetching;

/// <summary>Where in the staging folder the tree is.</summary>
internal enum StagedPlace
{
    /// <summary>It is the folder <see cref="CloneDestination.TreeName"/>.</summary>
    Tree,

    /// <summary>It is the only entry of that folder.</summary>
    EntryOfTree,
}
