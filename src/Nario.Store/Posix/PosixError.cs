namespace Nario.Store.Posix;

/// <summary>The error numbers of Linux that the store reacts to; the same on every architecture that .NET runs on.</summary>
internal enum PosixError
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>EPERM: not for this user; old sandboxes say it of calls that they do not know, in place of
    /// ENOSYS.</summary>
    NotPermitted = 1,

    /// <summary>ENOENT: there is nothing of that name.</summary>
    NotFound = 2,

    /// <summary>EINTR: a signal came in between.</summary>
    Interrupted = 4,

    /// <summary>EIO: the device fails.</summary>
    InputOutput = 5,

    /// <summary>EBADF: nothing is open.</summary>
    BadDescriptor = 9,

    /// <summary>EAGAIN, EWOULDBLOCK: somebody else holds the lock.</summary>
    WouldBlock = 11,

    /// <summary>EACCES: permission denied.</summary>
    AccessDenied = 13,

    /// <summary>EEXIST: the name is taken.</summary>
    Exists = 17,

    /// <summary>ENOTDIR: not a directory.</summary>
    NotADirectory = 20,

    /// <summary>EINVAL: an argument makes no sense here; also a flag that a file system does not know.</summary>
    InvalidArgument = 22,

    /// <summary>EROFS: the file system is mounted read-only.</summary>
    ReadOnlyFileSystem = 30,

    /// <summary>EPIPE: nobody reads the pipe any more.</summary>
    BrokenPipe = 32,

    /// <summary>ERANGE: a buffer is too small.</summary>
    OutOfRange = 34,

    /// <summary>ENAMETOOLONG: a name or a path is longer than the system takes.</summary>
    NameTooLong = 36,

    /// <summary>ENOSYS: the kernel does not have the call.</summary>
    NotImplemented = 38,

    /// <summary>ENOTEMPTY: a directory still has entries.</summary>
    NotEmpty = 39,

    /// <summary>ELOOP: a symbolic link where none may be.</summary>
    SymbolicLink = 40,

    /// <summary>EOPNOTSUPP, ENOTSUP: the file system cannot do it.</summary>
    NotSupported = 95,
}
