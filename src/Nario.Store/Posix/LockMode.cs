namespace Nario.Store.Posix;

/// <summary>How a file is locked with <c>flock</c>.</summary>
internal enum LockMode
{
    /// <summary>LOCK_SH: together with others that do the same.</summary>
    Shared = 1,

    /// <summary>LOCK_EX: alone.</summary>
    Exclusive = 2,
}
