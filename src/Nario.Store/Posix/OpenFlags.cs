using System.Runtime.InteropServices;

namespace Nario.Store.Posix;

/// <summary>
/// The flags of <c>openat</c> that the store uses. <c>O_DIRECTORY</c> and <c>O_NOFOLLOW</c> have other values on ARM
/// than on x86.
/// </summary>
internal static class OpenFlags
{
    /// <summary>O_RDONLY.</summary>
    public const int ReadOnly = 0;

    /// <summary>O_WRONLY.</summary>
    public const int WriteOnly = 0x1;

    /// <summary>O_RDWR.</summary>
    public const int ReadWrite = 0x2;

    /// <summary>O_CREAT.</summary>
    public const int Create = 0x40;

    /// <summary>O_EXCL: with <see cref="Create"/>, fails when the name is taken, even by a dangling link.</summary>
    public const int Exclusive = 0x80;

    /// <summary>O_NOCTTY: a terminal does not become the controlling one.</summary>
    public const int NoControllingTerminal = 0x100;

    /// <summary>O_APPEND.</summary>
    public const int Append = 0x400;

    /// <summary>O_NONBLOCK: opening a FIFO does not wait for a writer.</summary>
    public const int NonBlocking = 0x800;

    /// <summary>O_CLOEXEC.</summary>
    public const int CloseOnExec = 0x80000;

    /// <summary>O_PATH: only to name what is in it, which takes no right to read it.</summary>
    public const int PathOnly = 0x200000;

    /// <summary>The bit of O_TMPFILE that is not O_DIRECTORY.</summary>
    private const int UnnamedBit = 0x400000;

    private static readonly bool IsArm =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    /// <summary>O_DIRECTORY: fails on anything but a directory.</summary>
    public static readonly int Directory = IsArm ? 0x4000 : 0x10000;

    /// <summary>O_TMPFILE: makes a file without a name in a directory; with writing.</summary>
    public static readonly int Unnamed = UnnamedBit | Directory;

    /// <summary>O_NOFOLLOW: fails on a symbolic link.</summary>
    public static readonly int NoFollow = IsArm ? 0x8000 : 0x20000;
}
