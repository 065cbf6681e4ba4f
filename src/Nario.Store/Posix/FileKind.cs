namespace Nario.Store.Posix;

/// <summary>What a directory entry is.</summary>
internal enum FileKind
{
    /// <summary>Not told; only status can say.</summary>
    Unknown,

    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A symbolic link.</summary>
    Symlink,

    /// <summary>A socket, a FIFO or a device.</summary>
    Other,
}
