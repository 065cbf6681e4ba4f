namespace Nario.Store.Posix;

/// <summary>What the system takes at most. More could be made, but neither named nor deleted by others.</summary>
public static class SystemLimits
{
    /// <summary>How many bytes a path or the target of a symbolic link has at most: PATH_MAX without its
    /// NUL.</summary>
    public const int MaxPathLength = 4095;
}
