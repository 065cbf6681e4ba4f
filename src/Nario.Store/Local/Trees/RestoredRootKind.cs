namespace Nario.Store.Local.Trees;

/// <summary>What the root of a restored tree is.</summary>
internal enum RestoredRootKind
{
    /// <summary>The tree is not whole yet.</summary>
    None,

    /// <summary>A directory: the directory that was given.</summary>
    Directory,

    /// <summary>A file or a symbolic link: the only entry of the directory that was given.</summary>
    Entry,
}
